package io.dtx.testkit;

import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import io.dtx.spi.Woven;
import io.dtx.spi.WovenGateway;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of an annotated class that a test has had made. It outlives the lives of the application: each of them knows it for
 * compensations, while its calls enter one gateway from its making to the end of the test.
 *
 * @param bean of a generated class, or of one whose bytecode is woven
 * @param woven where the calls of its class enter, if its bytecode is woven; null if the object has a gateway of its own
 */
record Made(Object bean, @Nullable WovenGateway woven) {

    /** Makes one, as {@link Dtx#create} does, by a Dtx that is never started: that one would bind a woven class to itself. */
    static Made of(Class<?> type, @Nullable Object... arguments) {
        try (Dtx maker = Dtx.builder().build()) {
            Object bean = maker.create(type, arguments);
            return new Made(bean, bean instanceof ParticipantBean ? null : gateway(bean.getClass()));
        }
    }

    private static WovenGateway gateway(Class<?> type) {
        try {
            Class<?> calls = type.getAnnotation(Woven.class).value();
            Participant participant = calls.getAnnotation(GeneratedParticipant.class)
                    .participant()
                    .getConstructor()
                    .newInstance();
            return Objects.requireNonNull(participant.calls(), type.getName()).gateway();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "DTX-8513 the test kit cannot enter the calls of " + type.getName() + ", whose bytecode is woven:"
                            + " export its package, if its module is named, and compile it again.",
                    e);
        }
    }

    /** Makes it known to the Dtx of a life; its calls do not enter there. */
    void register(Dtx dtx) {
        dtx.register(bean.getClass(), call -> call.on(bean));
    }

    /**
     * Has its calls enter a gateway.
     *
     * @throws io.dtx.DtxException if its class is woven, and another Dtx or test kit has it
     */
    void bind(StepGateway gateway) {
        if (woven != null) {
            woven.bind(gateway);
        } else {
            ((ParticipantBean) bean).dtxBind(gateway);
        }
    }

    /** Sets the class free, if it is woven. */
    void unbind(StepGateway gateway) {
        if (woven != null) {
            woven.unbind(gateway);
        }
    }
}
