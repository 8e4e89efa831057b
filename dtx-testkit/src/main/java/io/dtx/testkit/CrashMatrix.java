package io.dtx.testkit;

import io.dtx.testkit.Cases.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * One test for everything that can go wrong at every point of a call. What the points are, and what the data looks like when
 * some steps have taken effect, is recorded: once for a call that commits, once for each step for one that fails after it, and
 * once for a crash before the last commit of a guarded step, which the next process has to close.
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
        List<String> forward = record("nothing goes wrong", List.of());
        List<Effect> steps = Objects.requireNonNull(whole).script().effects();
        List<String> backward = List.of();
        for (Effect each : steps) {
            backward = record(failAfter(each, steps));
        }
        Case failure = failAfter(steps.get(steps.size() - 1), steps);
        undone(steps, failure, backward);
        List<Case> cases = new ArrayList<>(Cases.of(forward, failure, backward));
        Case crash = crashBeforeLastCommit(steps, forward);
        if (crash != null) {
            Set<String> known = new HashSet<>(forward);
            known.addAll(backward);
            cases.addAll(Cases.of(crash, record(crash), known));
        }
        for (Case each : cases) {
            if (tests.stream().noneMatch(test -> test.getDisplayName().equals(each.name()))) { // recorded already
                tests.add(DynamicTest.dynamicTest(
                        each.name(), () -> run(each.orders(), ending -> judge(each, ending))));
            }
        }
        return tests.stream();
    }

    private static Case failAfter(Effect step, List<Effect> steps) {
        return Cases.failAfter(step.step(), earlierCalls(step, steps));
    }

    private static int earlierCalls(Effect step, List<Effect> steps) {
        return (int) steps.stream()
                .filter(each -> each.step().equals(step.step()) && each.call() < step.call())
                .count();
    }

    private static @Nullable Case crashBeforeLastCommit(List<Effect> steps, List<String> passed) {
        Case last = null;
        for (Effect each : steps) {
            String point = Points.BEFORE + Points.commit(each.step());
            if (passed.contains(point)) {
                last = Cases.crash(point, earlierCalls(each, steps));
            }
        }
        return last;
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

    private List<String> record(Case what) throws Exception {
        return record(what.name(), what.orders());
    }

    /** Runs at once, and returns the points; what is wrong then is a failing test of the matrix. */
    private List<String> record(String name, List<Case> orders) throws Exception {
        List<String> passed = new ArrayList<>();
        List<Throwable> failure = new ArrayList<>();
        run(orders, ending -> {
            if (orders.isEmpty()) {
                requireRecordable(ending);
                whole = ending;
            }
            passed.addAll(ending.script().passed());
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
        return passed;
    }

    private void run(List<Case> orders, Check then) throws Exception {
        TestDtx dtx = model.another();
        try (Quiet ignored = Quiet.begin()) {
            try {
                run(dtx, orders, then);
            } finally {
                dtx.close();
            }
        }
    }

    private void run(TestDtx dtx, List<Case> orders, Check then) throws Exception {
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
    private void undone(List<Effect> steps, Case failure, List<String> passed) throws Exception {
        Looks looks = new Looks(steps, passed);
        List<Case> orders = new ArrayList<>(looks.orders());
        orders.add(failure);
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
