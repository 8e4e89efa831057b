package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Commands that apply one after the other in one entry, and the answer to come: one reply per command.
 *
 * <p>The future fails with {@link CoordinatorStoppedException} when the log has stopped: whether the commands
 * were applied is then known only after the next start.
 */
final class Submission extends CompletableFuture<List<Reply>> {

    final List<LogCommand> commands;

    Submission(List<LogCommand> commands) {
        this.commands = commands;
    }

    /** Returns whether it is about sessions, so that no session's number counts it. */
    boolean isUnnumbered() {
        LogCommand first = commands.get(0);
        return first instanceof LogCommand.OpenSession || first instanceof LogCommand.ExpireSession;
    }

    /** Returns about how many bytes it adds to an entry. */
    long weight() {
        long bytes = 0;
        for (LogCommand each : commands) {
            bytes += 200;
            if (each instanceof LogCommand.StartStep start && start.arguments() != null) {
                bytes += start.arguments().length;
            } else if (each instanceof LogCommand.FinishStep finish && finish.result() != null) {
                bytes += finish.result().length;
            } else if (each instanceof LogCommand.RecordDecision decision) {
                bytes += decision.bytes().length;
            }
        }
        return bytes;
    }
}
