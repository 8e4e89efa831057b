package io.dtx.processor;

import io.dtx.StepContext;
import io.dtx.TransactionId;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs every body at once, records as the runtime would, and compensates from the recorded bytes alone. */
public final class RecordingGateway implements StepGateway {

    /** What was recorded of a step that returned. */
    public record Call(StepDescriptor<?> step, byte[] arguments, byte @Nullable [] result) {}

    private final Deque<Call> calls = new ArrayDeque<>();
    private final List<String> entered = new ArrayList<>();
    private final List<Call> all;

    /** Makes a gateway. */
    public RecordingGateway() {
        this(new ArrayList<>());
    }

    /** Makes a gateway that adds every recorded step to a list too. */
    RecordingGateway(List<Call> all) {
        this.all = all;
    }

    /** Gives a generated bean this gateway. */
    public <T extends ParticipantBean> T bind(T bean) {
        bean.dtxBind(this);
        return bean;
    }

    /** Returns the names of the steps and transactions entered so far. */
    public List<String> entered() {
        return entered;
    }

    /** Returns the last recorded step. */
    public Call last() {
        return calls.getLast();
    }

    /** Makes the participant of a generated bean, as the runtime does. */
    public static Participant participant(Object bean) throws ReflectiveOperationException {
        return bean.getClass()
                .getAnnotation(GeneratedParticipant.class)
                .participant()
                .getConstructor()
                .newInstance();
    }

    /** Compensates all steps, the last first, and forgets them. */
    public void compensateAll(Object bean) throws Throwable {
        Participant participant = participant(bean);
        while (!calls.isEmpty()) {
            Call call = calls.removeLast();
            if (call.step().isCompensable()) {
                compensate(participant, bean, call);
            }
        }
    }

    /** Compensates the last step as if its result were not known, and forgets it. */
    public void compensateLastWithoutResult(Object bean) throws Throwable {
        Call call = calls.removeLast();
        compensate(participant(bean), bean, new Call(call.step(), call.arguments(), null));
    }

    private static void compensate(Participant participant, Object bean, Call call) throws Throwable {
        ArgumentReader result = call.result() == null ? null : new ArgumentReader(call.result());
        participant.compensate(
                bean, call.step(), new ArgumentReader(call.arguments()), result, new Context(call.step()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        entered.add(transaction.name());
        try {
            return body.run();
        } catch (Throwable e) {
            throw (E) e;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        entered.add(step.name());
        ArgumentWriter recorded = new ArgumentWriter();
        arguments.record(recorded);
        try {
            T result = body.run();
            calls.add(new Call(step, recorded.toByteArray(), bytes(step, result)));
            all.add(calls.getLast());
            return result;
        } catch (Throwable e) {
            throw (E) e;
        }
    }

    private static <T extends @Nullable Object> byte @Nullable [] bytes(StepDescriptor<T> step, T result) {
        ArgumentCodec<T> codec = step.result();
        if (codec == null) {
            return null;
        }
        ArgumentWriter out = new ArgumentWriter();
        codec.write(out, result);
        return out.toByteArray();
    }

    /** The context of no step in particular. */
    static final StepContext NO_CONTEXT =
            new Context(StepDescriptor.named("none", 0).build());

    private record Context(StepDescriptor<?> step) implements StepContext {
        @Override
        public TransactionId transactionId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String stepName() {
            return step.name();
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(1);
        }

        @Override
        public String stepKey() {
            return "key";
        }

        @Override
        public String idempotencyKey() {
            return "key";
        }
    }
}
