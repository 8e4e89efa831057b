package io.dtx.runtime.participant.guard.checker;

import static io.dtx.runtime.participant.guard.checker.Run.CLAIMER;
import static io.dtx.runtime.participant.guard.checker.Run.LAST;
import static io.dtx.runtime.participant.guard.checker.Run.OTHER;
import static io.dtx.runtime.participant.guard.checker.Run.OWNER;

import io.dtx.runtime.participant.GuardedResource.OpenSession;
import java.util.Arrays;
import java.util.List;

/** Two actors, and what was there before them. LAST is the session of the sweeper and the operator. */
enum Scenario {
    FORWARD_AND_SETTLING_OWNER(false, false, run -> run.forward(1), run -> run.settle(OWNER, 1)),
    FORWARD_AND_RETRY(false, false, run -> run.forward(1), run -> {
        if (run.settle(OWNER, 1)) {
            run.forward(2);
        }
    }),
    FORWARD_TWICE(false, false, run -> run.forward(1), run -> run.forward(1)),
    FORWARD_AND_CLAIMER(false, true, run -> run.forward(1), run -> run.compensate(CLAIMER)),
    SETTLING_OWNER_AND_CLAIMER(true, true, run -> run.settle(OWNER, 1), run -> run.compensate(CLAIMER)),
    TWO_CLAIMERS(true, true, run -> run.compensate(CLAIMER), run -> run.compensate(OTHER)),
    TWO_CLAIMERS_OF_NOTHING(false, true, run -> run.compensate(CLAIMER), run -> run.compensate(OTHER)),
    ZOMBIE_AND_TAKEOVER(false, true, run -> run.forward(1), run -> {
        run.fence(OWNER);
        run.compensate(CLAIMER);
        run.sweep(new OpenSession(LAST, 1), new OpenSession(CLAIMER, 1));
    }),
    STUCK_STEP_OF_A_LIVE_SESSION(false, true, run -> run.forward(1), run -> {
        run.compensate(CLAIMER);
        run.sweep(new OpenSession(LAST, 1), new OpenSession(CLAIMER, 1), new OpenSession(OWNER, 2));
    }),
    FENCED_CLAIMER_AND_NEXT(true, true, run -> run.compensate(CLAIMER), run -> {
        run.fence(CLAIMER);
        run.compensate(OTHER);
        run.sweep(new OpenSession(LAST, 1), new OpenSession(OTHER, 1));
    }),
    STUCK_CLAIMER_OF_A_LIVE_SESSION(true, true, run -> run.compensate(CLAIMER), run -> {
        run.fence(OWNER);
        run.compensate(OTHER);
        run.sweep(new OpenSession(LAST, 1), new OpenSession(OTHER, 1), new OpenSession(CLAIMER, 1));
    }),
    LATE_SETTLING_OWNER(true, true, run -> run.settle(OWNER, 1), run -> {
        run.fence(OWNER);
        run.compensate(CLAIMER);
        run.sweep(new OpenSession(LAST, 1), new OpenSession(CLAIMER, 1));
    }),
    CLAIMER_AND_OPERATOR(true, false, run -> run.compensate(CLAIMER), run -> {
        run.fence(CLAIMER);
        run.close(LAST);
        run.sweep(new OpenSession(LAST, 1));
    }),
    ZOMBIE_AND_OPERATOR(false, false, run -> run.forward(1), run -> {
        run.fence(OWNER);
        run.close(LAST);
        run.sweep(new OpenSession(LAST, 1));
    }),
    ZOMBIE_AND_RESTORED_LOG(false, false, run -> run.forward(1), Run::compensateRestored),
    LATER_STEP_AND_RESTORED_LOG(false, false, run -> run.forward(2), Run::compensateRestored),
    CLAIMER_AND_RESTORED_LOG(true, false, run -> run.compensate(CLAIMER), Run::compensateRestored),
    SWEEPER_AND_RESTORED_LOG(
            true,
            false,
            run -> {
                run.end();
                run.sweep(new OpenSession(LAST, 1), new OpenSession(OWNER, 2));
            },
            Run::compensateRestored),
    /** Only to be broken: see {@link TakenOut#SETTLING_APART_FROM_UNDOING}. */
    FORWARD_AND_CLAIMER_IN_ONE_TRANSACTION(false, true, run -> run.forward(1), Run::compensateInOneTransaction);

    final boolean committedBefore;
    final boolean mustCompensate;
    final Part first;
    final Part second;

    Scenario(boolean committedBefore, boolean mustCompensate, Part first, Part second) {
        this.committedBefore = committedBefore;
        this.mustCompensate = mustCompensate;
        this.first = first;
        this.second = second;
    }

    /** Returns those that the product keeps at a level. */
    static List<Scenario> kept(Level level) {
        return Arrays.stream(values())
                .filter(each -> each != FORWARD_AND_CLAIMER_IN_ONE_TRANSACTION)
                .filter(each -> each != LATER_STEP_AND_RESTORED_LOG || level.fencesWhatIsAboutToCommit())
                .toList();
    }

    /** What an actor does in a run. */
    interface Part {
        void accept(Run run) throws Exception;
    }
}
