package io.dtx.cdi;

import io.dtx.runtime.Dtx;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway that beans are bound to when they are made: their first call starts dtx, not their injection. */
final class LazyGateway implements StepGateway {

    private final Supplier<Dtx> dtx;
    private volatile @Nullable StepGateway target;

    LazyGateway(Supplier<Dtx> dtx) {
        this.dtx = dtx;
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        return target().<T, E>transaction(transaction, body);
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        return target().<T, E>step(step, arguments, body);
    }

    private StepGateway target() {
        StepGateway present = target;
        if (present == null) {
            present = dtx.get().gateway();
            target = present;
        }
        return present;
    }
}
