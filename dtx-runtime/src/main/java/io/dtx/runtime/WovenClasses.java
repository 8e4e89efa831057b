package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.participant.Participants;
import io.dtx.spi.BeanSource;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.WovenGateway;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The classes with woven bytecode that one Dtx serves: from its start to its end their calls enter its gateway. */
final class WovenClasses {

    private static final BeanSource NO_OBJECT = call -> {
        throw new IllegalStateException("DTX-9007 a class without compensations has nothing to compensate");
    };

    private final Map<Class<?>, Served> served = new LinkedHashMap<>();
    private final Participants participants;

    /** A class, by its participant, and where its objects come from. */
    private record Served(Participant participant, BeanSource beans) {
        WovenGateway gateway() {
            return Objects.requireNonNull(participant.calls(), participant.className()) // woven, so it has them
                    .gateway();
        }
    }

    WovenClasses(Participants participants) {
        this.participants = participants;
    }

    /** Adds a class with an object, or a source of objects, for its compensations. */
    void add(Class<?> type, BeanSource beans) {
        register(type, Generated.participantOfWoven(type), beans);
    }

    /** Adds a class that has no compensations. */
    void add(Class<?> type) {
        Participant participant = Generated.participantOfWoven(type);
        for (StepDescriptor<?> each : participant.steps()) {
            if (each.isCompensable()) {
                throw new DtxException(
                        null,
                        "DTX-1027 " + type.getName() + " has a compensation, of " + each.name()
                                + ", and nothing says which"
                                + " object to call it on after a restart: register an object, or use"
                                + " woven(type, source of objects).",
                        null);
            }
        }
        register(type, participant, NO_OBJECT);
    }

    private void register(Class<?> type, Participant participant, BeanSource beans) {
        participants.register(participant, beans);
        served.put(type, new Served(participant, beans));
    }

    /** Takes the objects of all classes so far from elsewhere. */
    void from(UnaryOperator<BeanSource> elsewhere) {
        served.values().forEach(each -> participants.register(each.participant(), elsewhere.apply(each.beans())));
    }

    /** Binds all classes, or none. */
    void bind(StepGateway gateway) {
        try {
            served.values().forEach(each -> each.gateway().bind(gateway));
        } catch (DtxException e) {
            unbind(gateway);
            throw e;
        }
    }

    void unbind(StepGateway gateway) {
        served.values().forEach(each -> each.gateway().unbind(gateway));
    }
}
