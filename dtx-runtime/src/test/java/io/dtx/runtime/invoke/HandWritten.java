package io.dtx.runtime.invoke;

import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.StepContext;
import io.dtx.TransactionMode;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A participant as dtx-processor would write it, with three EXTERNAL steps whose effects and failures a test can see and set. */
final class HandWritten implements Participant {

    static final ArgumentCodec<Long> LONGS = new ArgumentCodec<>() {
        @Override
        public void write(ArgumentWriter out, Long value) {
            out.writeLong(value);
        }

        @Override
        public Long read(ArgumentReader in) {
            return in.readLong();
        }
    };
    static final TransactionDescriptor PLACE = transaction("Orders.place", Propagation.REQUIRED);
    static final StepDescriptor<Long> RESERVE = step("Stock.reserve", 1);
    static final StepDescriptor<Long> CHARGE = step("Payments.charge", 2);
    static final StepDescriptor<Long> SHIP = step("Shipping.ship", 3);

    final List<String> trace = Collections.synchronizedList(new ArrayList<>());
    volatile @Nullable String failingCompensation;

    static TransactionDescriptor transaction(String name, Propagation propagation) {
        return new TransactionDescriptor(
                name, TransactionMode.SAGA, propagation, Recovery.BACKWARD, 0, List.of(IllegalStateException.class));
    }

    private static StepDescriptor<Long> step(String name, long contract) {
        return StepDescriptor.<Long>named(name, contract)
                .compensation("undo")
                .noEffectOn(List.of(IllegalArgumentException.class))
                .result(LONGS)
                .build();
    }

    /** Calls a step that returns its argument plus one, or throws. */
    long call(StepGateway gateway, StepDescriptor<Long> step, long argument, @Nullable RuntimeException failure) {
        return gateway.<Long, RuntimeException>step(step, out -> out.writeLong(argument), () -> {
            trace.add(
                    "do " + step + " " + argument + " " + StepContext.current().idempotencyKey());
            if (failure != null) {
                throw failure;
            }
            return argument + 1;
        });
    }

    @Override
    public String className() {
        return HandWritten.class.getName();
    }

    @Override
    public List<StepDescriptor<?>> steps() {
        return List.of(RESERVE, CHARGE, SHIP);
    }

    @Override
    public List<TransactionDescriptor> transactions() {
        return List.of(PLACE);
    }

    @Override
    public void compensate(
            Object bean,
            StepDescriptor<?> step,
            ArgumentReader arguments,
            @Nullable ArgumentReader result,
            StepContext context) {
        trace.add("undo " + step + " " + arguments.readLong() + " " + (result == null ? "?" : result.readLong()) + " "
                + context.stepKey());
        if (step.name().equals(failingCompensation)) {
            throw new UnsupportedOperationException("not now");
        }
    }
}
