package io.dtx.testkit;

import io.dtx.TransactionContext;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What can go wrong at the points that recorded runs have passed. */
final class Cases {

    /**
     * Something that goes wrong once.
     *
     * @param name how the test is called
     * @param first what has gone wrong before in the same run; null for nothing
     * @param point where
     * @param passes how often the point is passed before
     * @param fault what
     */
    record Case(String name, @Nullable Case first, String point, int passes, Placed fault) {

        /** Returns all that goes wrong. */
        List<Case> orders() {
            return first == null ? List.of(this) : List.of(first, this);
        }
    }

    /** A fault, in the run that it is for. */
    interface Placed {
        Fault in(TestDtx dtx);
    }

    private static final Duration LATE = Duration.ofSeconds(10);

    private final List<Case> cases = new ArrayList<>();

    private Cases() {}

    /**
     * Returns what can go wrong in a call, and when it is rolled back.
     *
     * @param forward the points of a run that committed
     * @param failure why another one was rolled back
     * @param rolledBack the points of that one
     */
    static List<Case> of(List<String> forward, Case failure, List<String> rolledBack) {
        Cases all = new Cases();
        forEach(forward, all::forward);
        int decision = indexOf(rolledBack, Points.BEFORE, Points.decision(false));
        forEach(rolledBack, (point, passes) -> {
            if (rolledBack.indexOf(point) >= decision || !forward.contains(point)) {
                all.backward(failure, point, passes, ", on the way back");
            }
        });
        return List.copyOf(all.cases);
    }

    /**
     * Returns what else can go wrong after a crash, when the next process closes a step that has never taken effect.
     *
     * @param takenOver the points of a run with that crash
     * @param known the points of the other runs
     */
    static List<Case> of(Case crash, List<String> takenOver, Set<String> known) {
        Cases all = new Cases();
        forEach(takenOver, (point, passes) -> {
            if (!known.contains(point)) {
                all.backward(crash, point, passes, ", by the next process");
            }
        });
        return List.copyOf(all.cases);
    }

    /** The process dies at a point. */
    static Case crash(String point, int passes) {
        return crash(null, point, passes, "");
    }

    private static Case crash(@Nullable Case first, String point, int passes, String when) {
        return new Case("crash " + point + when + times(passes), first, point, passes, dtx -> Fault.crash());
    }

    /** An exception reaches the caller of a step that has taken effect. */
    static Case failAfter(String step, int passes) {
        String name = "an exception after " + step + " has taken effect" + times(passes);
        return new Case(name, null, Points.AFTER + Points.end(step), passes, dtx -> Cases::fail);
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
        cases.add(crash(point, passes));
        String work = step(point, Points.BEFORE, Points.body(""));
        if (work != null) {
            add(
                    work + " hangs past the timeout",
                    null,
                    point,
                    passes,
                    dtx -> hang(dtx.world().clock()));
            add("others take over while " + work + " is at work", null, point, passes, Cases::takeOver);
        }
        String done = step(point, Points.AFTER, Points.body(""));
        if (done != null) {
            add("an exception in " + done + " after its work", null, point, passes, dtx -> Cases::fail);
        }
        String end = step(point, Points.AFTER, Points.end(""));
        if (end != null) {
            cases.add(failAfter(end, passes));
        }
        if (point.contains(Points.commit(""))) {
            add("the connection breaks " + point, null, point, passes, dtx -> Cases::breakConnection);
        }
    }

    private void backward(Case first, String point, int passes, String when) {
        cases.add(crash(first, point, passes, when));
        String work = step(point, Points.BEFORE, Points.undoBody(""));
        if (work != null) {
            add("compensating " + work + " fails once", first, point, passes, dtx -> Cases::fail);
        }
        String done = step(point, Points.AFTER, Points.undoBody(""));
        if (done != null) {
            String name = "compensating " + done + " is repeated: the first answer is lost";
            add(name, first, point, passes, dtx -> Cases::fail);
        }
        if (point.contains(Points.commit(""))) {
            add("the connection breaks " + point, first, point, passes, dtx -> Cases::breakConnection);
        }
    }

    private void add(String name, @Nullable Case first, String point, int passes, Placed fault) {
        cases.add(new Case(name + times(passes), first, point, passes, fault));
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
