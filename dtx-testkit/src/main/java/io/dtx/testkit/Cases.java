package io.dtx.testkit;

import io.dtx.TransactionContext;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What can go wrong at the points that two recorded runs have passed: one that committed, one that was rolled back. */
final class Cases {

    /**
     * Something that goes wrong once.
     *
     * @param name how the test is called
     * @param rolledBack whether it happens in a call that fails when its last step has taken effect
     * @param point where
     * @param passes how often the point is passed before
     * @param fault what
     */
    record Case(String name, boolean rolledBack, String point, int passes, Placed fault) {}

    /** A fault, in the run that it is for. */
    interface Placed {
        Fault in(TestDtx dtx);
    }

    private static final Duration LATE = Duration.ofSeconds(10);

    private final List<Case> cases = new ArrayList<>();

    private Cases() {}

    static List<Case> of(List<String> forward, List<String> rolledBack) {
        Cases all = new Cases();
        forEach(forward, all::forward);
        int decision = indexOf(rolledBack, Points.BEFORE, Points.decision(false));
        forEach(rolledBack, (point, passes) -> {
            if (rolledBack.indexOf(point) >= decision || !forward.contains(point)) {
                all.backward(point, passes);
            }
        });
        return List.copyOf(all.cases);
    }

    private static int indexOf(List<String> points, String when, String part) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).startsWith(when) && points.get(i).contains(part)) {
                return i;
            }
        }
        return points.size();
    }

    private static void forEach(List<String> points, BiConsumer<String, Integer> each) {
        Map<String, Integer> passed = new HashMap<>();
        for (String point : points) {
            each.accept(point, passed.merge(point, 1, Integer::sum) - 1);
        }
    }

    private void forward(String point, int passes) {
        halt(point, passes, false);
        String work = step(point, Points.BEFORE, Points.body(""));
        if (work != null) {
            add(
                    work + " hangs past the timeout",
                    point,
                    passes,
                    dtx -> hang(dtx.world().clock()));
            add("others take over while " + work + " is at work", point, passes, Cases::takeOver);
        }
        String done = step(point, Points.AFTER, Points.body(""));
        if (done != null) {
            add("an exception in " + done + " after its work", point, passes, dtx -> Cases::fail);
        }
        String end = step(point, Points.AFTER, Points.end(""));
        if (end != null) {
            add("an exception after " + end + " has taken effect", point, passes, dtx -> Cases::fail);
        }
        if (point.contains(Points.commit(""))) {
            add("the connection breaks " + point, point, passes, dtx -> Cases::breakConnection);
        }
    }

    private void backward(String point, int passes) {
        halt(point, passes, true);
        String work = step(point, Points.BEFORE, Points.undoBody(""));
        if (work != null) {
            cases.add(new Case("compensating " + work + " fails once", true, point, passes, dtx -> Cases::fail));
        }
        String done = step(point, Points.AFTER, Points.undoBody(""));
        if (done != null) {
            cases.add(new Case(
                    "compensating " + done + " is repeated: the first answer is lost",
                    true,
                    point,
                    passes,
                    dtx -> Cases::fail));
        }
        if (point.contains(Points.undoCommit("")) || point.contains(Points.tombstone(""))) {
            cases.add(new Case("the connection breaks " + point, true, point, passes, dtx -> Cases::breakConnection));
        }
    }

    private void add(String name, String point, int passes, Placed fault) {
        cases.add(new Case(name + times(passes), false, point, passes, fault));
    }

    private void halt(String point, int passes, boolean rolledBack) {
        cases.add(new Case(
                "crash " + point + (rolledBack ? ", on the way back" : "") + times(passes),
                rolledBack,
                point,
                passes,
                dtx -> Fault.crash()));
    }

    private static String times(int passes) {
        return passes == 0 ? "" : ", time " + (passes + 1);
    }

    /** Returns the step that a point is about, if it is this one. */
    private static @Nullable String step(String point, String when, String what) {
        return point.startsWith(when + what) ? point.substring((when + what).length()) : null;
    }

    /** The step does its work when the time of its transaction is over, also by the log, which has begun it a little later. */
    static Fault hang(VirtualClock clock) {
        return (life, where) ->
                clock.jump(TransactionContext.current().remaining().plus(LATE).toNanos());
    }

    /** The process falls silent, another one finishes what it had open, and then it wakes up. */
    private static Fault takeOver(TestDtx dtx) {
        return (life, where) -> {
            life.detach();
            dtx.settle();
        };
    }

    private static void fail(Life life, String where) {
        throw new InjectedFailure(where);
    }

    private static void breakConnection(Life life, String where) throws SQLNonTransientConnectionException {
        throw new SQLNonTransientConnectionException("ordered by the test: the connection breaks " + where, "08006");
    }
}
