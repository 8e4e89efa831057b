package io.dtx.runtime;

import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import java.util.HashMap;
import java.util.Map;

/** Warns of a second object of a class with compensations: a recorded step knows its class, not its object. Not thread-safe. */
final class RegisteredBeans {

    private static final System.Logger LOG = System.getLogger(RegisteredBeans.class.getName());

    private final Map<String, Object> last = new HashMap<>();

    /**
     * Notes where the compensations of a class are called from now on.
     *
     * @param bean an object of the class, or the source of such objects
     */
    void note(Participant participant, Object bean) {
        Object earlier = last.put(participant.className(), bean);
        if (earlier != null
                && earlier != bean
                && participant.steps().stream().anyMatch(StepDescriptor::isCompensable)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-1043 " + participant.className()
                            + " is registered a second time: from now on its compensations are called on the later object,"
                            + " also for steps of the earlier one. If the two differ, let one be of a subclass, or have one"
                            + " object that takes what differs as an argument.");
        }
    }
}
