package io.dtx.runtime.participant;

import io.dtx.DtxException;
import io.dtx.spi.BeanSource;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.TransactionDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The steps and transactions of all beans of this process, by name. Thread-safe. */
public final class Participants {

    private final Map<String, RegisteredStep> steps = new ConcurrentHashMap<>();
    private final Map<String, String> classByName = new ConcurrentHashMap<>();

    /**
     * Adds a class's steps and transactions; the same class again replaces where its bean comes from.
     *
     * @throws DtxException if another class uses one of the names
     */
    public void register(Participant participant, BeanSource bean) {
        for (TransactionDescriptor each : participant.transactions()) {
            claimName(each.name(), participant);
        }
        for (StepDescriptor<?> each : participant.steps()) {
            claimName(each.name(), participant);
            steps.put(each.name(), new RegisteredStep(each, participant, bean));
        }
    }

    /** Returns the step of this name, or null if no bean has it. */
    public @Nullable RegisteredStep step(String name) {
        return steps.get(name);
    }

    /** Returns the names of all steps. */
    public Collection<String> stepNames() {
        return steps.keySet();
    }

    /** Returns a line for each step whose resource is not among these. */
    public List<String> stepsWithout(Collection<String> resources) {
        List<String> lines = new ArrayList<>();
        steps.forEach((name, step) -> {
            String resource = step.descriptor().resource();
            if (resource != null && !resources.contains(resource)) {
                lines.add(name + " needs resource \"" + resource + "\"");
            }
        });
        lines.sort(null);
        return lines;
    }

    private void claimName(String name, Participant participant) {
        String other = classByName.putIfAbsent(name, participant.className());
        if (other != null && !other.equals(participant.className())) {
            throw new DtxException(
                    null,
                    "DTX-1005 the name " + name + " is used by " + other + " and by " + participant.className()
                            + ": give one of them a name of its own, name = \"…\".",
                    null);
        }
    }
}
