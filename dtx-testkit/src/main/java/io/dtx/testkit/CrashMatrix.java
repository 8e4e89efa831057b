package io.dtx.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * One test for everything that can go wrong at every point of a call. What the points are, and what the data looks like when
 * some steps have taken effect, is recorded: once for a call that commits, and once for each step for one that fails after it.
 */
final class CrashMatrix<T> {

    private final TestDtx model;
    private final Creation<T> creation;
    private final Trial<T> trial;
    private final Check check;
    private @Nullable Ending whole;
    private final Map<String, Contents> contents = new HashMap<>();
    private final List<DynamicTest> tests = new ArrayList<>();

    CrashMatrix(TestDtx model, Creation<T> creation, Trial<T> trial, Check check) {
        this.model = model;
        this.creation = creation;
        this.trial = trial;
        this.check = check;
    }

    Stream<DynamicTest> tests() throws Exception {
        List<String> forward = new ArrayList<>();
        List<Effect> steps = new ArrayList<>();
        record("nothing goes wrong", List.of(), ending -> {
            requireRecordable(ending);
            whole = ending;
            forward.addAll(ending.script().passed());
            steps.addAll(ending.script().effects());
        });
        List<String> backward = new ArrayList<>();
        for (Effect each : steps) {
            record(
                    "an exception after " + each.step() + " has taken effect",
                    List.of(failAfter(each, steps)),
                    ending -> {
                        backward.clear();
                        backward.addAll(ending.script().passed());
                    });
        }
        Effect last = steps.get(steps.size() - 1);
        undone(steps, last, backward);
        for (Cases.Case each : Cases.of(forward, backward)) {
            if (tests.stream().noneMatch(test -> test.getDisplayName().equals(each.name()))) {
                tests.add(DynamicTest.dynamicTest(each.name(), () -> {
                    List<Cases.Case> orders = each.rolledBack() ? List.of(failAfter(last, steps), each) : List.of(each);
                    run(orders, ending -> judge(each, ending));
                }));
            }
        }
        return tests.stream();
    }

    private static Cases.Case failAfter(Effect step, List<Effect> steps) {
        int passes = (int) steps.stream()
                .filter(each -> each.step().equals(step.step()) && each.call() < step.call())
                .count();
        return new Cases.Case("", false, Points.AFTER + Points.end(step.step()), passes, dtx -> (life, where) -> {
            throw new InjectedFailure(where);
        });
    }

    private void requireRecordable(Ending ending) throws Exception {
        Throwable thrown = ending.thrown().orElse(null);
        boolean committed = ending.transactions().size() == 1 && ending.isCommitted();
        if (thrown != null || !committed || ending.script().effects().isEmpty()) {
            AssertionError refusal =
                    new AssertionError("every crash is tried on a call that returns and has committed one"
                            + " transaction with steps, if nothing goes wrong; this one does not:"
                            + System.lineSeparator()
                            + ending.report());
            if (thrown != null) {
                refusal.initCause(thrown);
            }
            throw refusal;
        }
    }

    /** Runs at once, for the record; what is wrong then is a failing test of the matrix. */
    private void record(String name, List<Cases.Case> orders, Check noted) throws Exception {
        List<Throwable> failure = new ArrayList<>();
        run(orders, ending -> {
            noted.check(ending);
            try {
                judge(orders.isEmpty() ? null : orders.get(0), ending);
            } catch (Throwable e) {
                failure.add(e);
            }
            contents.put(ending.outcome(), ending.after());
        });
        tests.add(DynamicTest.dynamicTest(name, () -> {
            if (!failure.isEmpty()) {
                throw failure.get(0);
            }
        }));
    }

    private void run(List<Cases.Case> orders, Check then) throws Exception {
        TestDtx dtx = model.another();
        try (Quiet ignored = Quiet.begin()) {
            try {
                run(dtx, orders, then);
            } finally {
                dtx.close();
            }
        }
    }

    private void run(TestDtx dtx, List<Cases.Case> orders, Check then) throws Exception {
        List<Script.Order> placed = new ArrayList<>();
        Ending ending = Ending.of(
                dtx,
                whole,
                creation,
                trial,
                () -> orders.forEach(each -> placed.add(dtx.world()
                        .script()
                        .order(each.point(), each.passes(), each.fault().in(dtx)))));
        for (int i = 0; i < placed.size(); i++) {
            if (!placed.get(i).isDone()) {
                throw new AssertionError("this run did not pass the point \""
                        + orders.get(i).point() + "\" as the recorded one did: does the call differ from run to run?"
                        + System.lineSeparator() + ending.report());
            }
        }
        then.check(ending);
    }

    private void judge(Cases.@Nullable Case fault, Ending ending) throws Exception {
        List<String> violations = new ArrayList<>(Invariants.violations(
                ending.transactions(),
                ending.thrown().orElse(null),
                ending.script().effects(),
                ending.resources()));
        Contents expected = ending.script().effects().isEmpty() ? ending.before() : contents.get(ending.outcome());
        if (expected != null && !expected.changesTo(ending.after()).isEmpty()) {
            violations.add(
                    "the data is not what these effects make of it elsewhere, so something was done beside them: "
                            + expected.changesTo(ending.after()));
        }
        Throwable cause = null;
        if (violations.isEmpty()) {
            try {
                check.check(ending);
            } catch (Exception | AssertionError e) {
                cause = e;
                violations.add(String.valueOf(e.getMessage()));
            }
        }
        if (!violations.isEmpty()) {
            String where = fault == null ? "" : "at the point \"" + fault.point() + "\": ";
            throw new AssertionError(
                    where + String.join("; ", violations) + System.lineSeparator() + ending.report(), cause);
        }
    }

    /** Whoever changes data takes it back: judged by a look at it around each commit. */
    private void undone(List<Effect> steps, Effect last, List<String> passed) throws Exception {
        Looks looks = new Looks(steps, passed);
        List<Cases.Case> orders = new ArrayList<>(looks.orders());
        orders.add(failAfter(last, steps));
        run(orders, ending -> {
            for (Effect each : steps) {
                String violation = looks.violation(each, ending.script().step(each.step()));
                tests.add(DynamicTest.dynamicTest(each.step() + " is taken back, call " + each.call(), () -> {
                    if (violation != null) {
                        throw new AssertionError(violation);
                    }
                }));
            }
        });
    }
}
