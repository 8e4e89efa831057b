package io.dtx.benchmarks;

import io.dtx.benchmarks.atomic.AtomicProcess;
import io.dtx.benchmarks.cluster.ClusterSagas;
import io.dtx.benchmarks.cluster.IdealCluster;
import io.dtx.benchmarks.load.Apart;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Duel;
import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.load.WarmUp;
import io.dtx.benchmarks.log.IdealSagas;
import io.dtx.benchmarks.log.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** No-op sagas and decisions of two-phase commit on a log of three members, beside an ideal log with two followers. */
final class ClusterPart {

    private static final int GOAL_CALLERS = 64;
    private static final int WARM_UP_TURNS = 60; // of seven fresh processes, whose compilers share the processors
    private static final int WARM_UP_TURNS_MAX = 120;
    private static final int SAME_CALLERS_TURNS = 6; // then, with as many callers as are measured
    private static final int SAME_CALLERS_TURNS_MAX = 40;
    private static final int STAGES_TURNS = 2; // of members whose flight recorders have just begun
    private static final WarmUp QUICK = new WarmUp(2, 2); // its figures are cold ones
    private static final int WARM_UP_CALLERS = 64; // at least: one alone would keep the compilers waiting for minutes

    private final Options options;
    private final Path directory;
    private final Report report;

    ClusterPart(Options options, Path directory, Report report) {
        this.options = options;
        this.directory = directory;
        this.report = report;
    }

    boolean run() throws Exception {
        int[] bytes =
                Payloads.ofSaga("NoOpSaga.run", List.of("NoOpSteps.first", "NoOpSteps.second", "NoOpSteps.third"));
        report.title(
                "Sagas of three steps that do nothing: dtx.log=raft with three members beside an ideal log with two followers",
                "Both are three processes, and wait for four appends of " + Arrays.toString(bytes)
                        + " bytes for each saga, in turns.");
        boolean right = true;
        for (int callers : options.callers()) {
            right &= run(callers, bytes);
        }
        report.title(
                "ATOMIC transactions of two branches that do nothing: dtx.log=raft with three members beside Narayana whose object"
                        + " store is an ideal log with two followers",
                "Both wait for one append of " + Payloads.ofDecision() + " bytes for each transaction; callers are in a"
                        + " process of their own.");
        for (int callers : options.callers()) {
            right &= decisions(callers, AtomicProcess::overMembers, AtomicProcess::narayanaOnIdeal);
        }
        report.title(
                "Decisions alone, without a transaction manager: dtx.log=raft with three members beside an ideal log with two"
                        + " followers",
                "The same without branches: callers of dtx record decisions and forget them, as its object store does.");
        for (int callers : options.callers()) {
            right &= decisions(callers, AtomicProcess::decisionsAlone, AtomicProcess::ideal);
        }
        return right;
    }

    /** How one side is started, in a directory, for so many callers. */
    private interface Starter {
        Apart start(Path directory, int callers) throws IOException;
    }

    private boolean decisions(int callers, Starter ours, Starter theirs) throws Exception {
        Path log = Files.createDirectory(directory.resolve("decisions-" + callers));
        Duelled duel;
        int warming = Math.max(callers, WARM_UP_CALLERS);
        try (Apart dtx = ours.start(log.resolve("dtx"), warming);
                Apart ideal = theirs.start(Files.createDirectory(log.resolve("ideal")), warming)) {
            int turns = Duel.warmUp(dtx, ideal, fromCold(), options.turnNanos());
            dtx.load(callers);
            ideal.load(callers);
            turns += Duel.warmUp(dtx, ideal, fromWarm(), options.turnNanos());
            report.line(turns + " turns of warm-up");
            duel = Duel.run(dtx, ideal, callers, 0, options.pairs(), options.turnNanos());
        }
        report.columns("commit");
        report.duel(duel);
        report.line(
                "forces per commit are those of the warm-up too, which has at least " + WARM_UP_CALLERS + " callers");
        goals(duel);
        Workplace.delete(log);
        return duel.isRight();
    }

    private boolean run(int callers, int[] bytes) throws Exception {
        Path ours = Files.createDirectory(directory.resolve("members-" + callers));
        Path theirs = Files.createDirectory(directory.resolve("followers-" + callers));
        Duelled duel;
        List<String> stages;
        int warming = Math.max(callers, WARM_UP_CALLERS);
        try (ClusterSagas dtx = new ClusterSagas(ours, warming);
                Contender ideal = new IdealSagas(new IdealCluster(theirs), warming, bytes)) {
            int turns = Duel.warmUp(dtx, ideal, warming, fromCold(), options.turnNanos());
            stages = stages(dtx, callers);
            turns += Duel.warmUp(dtx, ideal, callers, fromWarm(), options.turnNanos());
            report.line(turns + " turns of warm-up");
            duel = Duel.measure(dtx, ideal, callers, options.pairs(), options.turnNanos());
        }
        report.columns();
        report.duel(duel);
        report.line("forces per saga are those of the warm-up too, which has at least " + WARM_UP_CALLERS + " callers");
        for (String each : stages) {
            report.line("leader's stages in turns of their own, median and 99th percentile in µs: " + each);
        }
        goals(duel);
        Workplace.delete(ours);
        Workplace.delete(theirs);
        return duel.isRight();
    }

    /** Loads the members alone, for what counts the stages costs them time. */
    private List<String> stages(ClusterSagas dtx, int callers) throws Exception {
        dtx.countStages();
        Duel.load(dtx, callers, STAGES_TURNS, options.turnNanos());
        dtx.countStages();
        Duel.load(dtx, callers, options.pairs(), options.turnNanos());
        return dtx.stages();
    }

    private WarmUp fromCold() {
        return options.isQuick() ? QUICK : new WarmUp(WARM_UP_TURNS, WARM_UP_TURNS_MAX);
    }

    private WarmUp fromWarm() {
        return options.isQuick() ? QUICK : new WarmUp(SAME_CALLERS_TURNS, SAME_CALLERS_TURNS_MAX);
    }

    private void goals(Duelled duel) {
        if (duel.callers() == 1) {
            double p50 = duel.median().median();
            report.goal("p50 at 1 caller / ideal", p50, p50 <= 2, "at most 2.00");
        }
        if (duel.callers() == GOAL_CALLERS) {
            double throughput = duel.throughput().median();
            report.goal(
                    "throughput at 64 callers / ideal", throughput, throughput >= 0.35, "at least 0.35, better 0.50");
        }
    }
}
