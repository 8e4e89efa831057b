package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which commands are about a step. */
final class StepPairs {

    /** The kinds of commands that are. */
    static final Set<LogCommand.Kind> KINDS = EnumSet.of(
            LogCommand.Kind.START_STEP,
            LogCommand.Kind.FINISH_STEP,
            LogCommand.Kind.FAIL_STEP,
            LogCommand.Kind.CLAIM_ACTION,
            LogCommand.Kind.FINISH_COMPENSATION,
            LogCommand.Kind.FAIL_COMPENSATION,
            LogCommand.Kind.PARK);

    private StepPairs() {}

    /** Returns the number of the step that a command is about, or null. */
    static @Nullable Long stepOf(LogCommand command) {
        return switch (command.kind()) {
            case START_STEP -> ((LogCommand.StartStep) command).step();
            case FINISH_STEP -> ((LogCommand.FinishStep) command).step();
            case FAIL_STEP -> ((LogCommand.FailStep) command).step();
            case CLAIM_ACTION -> ((LogCommand.ClaimAction) command).step();
            case FINISH_COMPENSATION -> ((LogCommand.FinishCompensation) command).step();
            case FAIL_COMPENSATION -> ((LogCommand.FailCompensation) command).step();
            case PARK -> ((LogCommand.Park) command).step();
            case OPEN_SESSION,
                    CLOSE_SESSION,
                    EXPIRE_SESSION,
                    BEGIN,
                    DECIDE,
                    RETRY,
                    RESOLVE,
                    RECORD_DECISION,
                    FORGET_DECISION,
                    RECORD_HEURISTIC -> null;
        };
    }
}
