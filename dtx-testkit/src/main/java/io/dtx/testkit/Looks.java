package io.dtx.testkit;

import io.dtx.spi.StepDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each guarded step, and each compensation, changes in the databases: seen right before and after its commit. */
final class Looks {

    private final List<Effect> steps;
    private final List<String> passed;
    private final Map<String, Contents> seen = new ConcurrentHashMap<>();

    /**
     * Looks at these steps.
     *
     * @param passed the points of a run in which they are compensated
     */
    Looks(List<Effect> steps, List<String> passed) {
        this.steps = steps;
        this.passed = passed;
    }

    /** Returns what to order for such a run. */
    List<Cases.Case> orders() {
        List<Cases.Case> orders = new ArrayList<>();
        Map<String, Integer> calls = new HashMap<>();
        for (Effect each : steps) {
            String name = each.step();
            int earlier = calls.merge(name, 1, Integer::sum) - 1;
            int later = (int) steps.stream()
                            .filter(other -> other.step().equals(name))
                            .count()
                    - 1
                    - earlier;
            look(orders, each, "done", Points.commit(name), earlier);
            look(orders, each, "undone", Points.undoCommit(name), later);
        }
        return orders;
    }

    private void look(List<Cases.Case> orders, Effect step, String what, String point, int passes) {
        if (!passed.contains(Points.AFTER + point)) {
            return;
        }
        for (String when : List.of(Points.BEFORE, Points.AFTER)) {
            orders.add(new Cases.Case(
                    "",
                    null,
                    when + point,
                    passes,
                    dtx -> (life, where) -> seen.put(
                            step.call() + when + what,
                            Contents.of(dtx.world().databases().sources()))));
        }
    }

    /** Returns what is wrong about a step, or null. */
    @Nullable
    String violation(Effect step, @Nullable StepDescriptor<?> descriptor) {
        List<String> done = changes(step, "done");
        if (descriptor == null || done.isEmpty() || !changes(step, "undone").isEmpty()) {
            return null;
        }
        String compensation = descriptor.compensation();
        if (compensation == null) {
            return step.step() + " has no compensation, so it must only read, but it changed: " + done;
        }
        return seen.containsKey(step.call() + Points.AFTER + "undone")
                ? "the call is left half done: " + compensation + " changed nothing, but " + step.step()
                        + ", which it compensates, had changed: " + done
                : null;
    }

    private List<String> changes(Effect step, String what) {
        Contents before = seen.get(step.call() + Points.BEFORE + what);
        Contents after = seen.get(step.call() + Points.AFTER + what);
        return before == null || after == null ? List.of() : before.changesTo(after);
    }
}
