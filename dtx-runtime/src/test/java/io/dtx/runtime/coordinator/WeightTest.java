package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.spi.RetrySchedule;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process sends has to fit into a frame: a command may weigh more than it has bytes, never less. */
class WeightTest {

    private static final TransactionId ID = new TransactionId(-1, 101_559_956_668_415L, Long.MAX_VALUE);
    private static final String NAME = "\u20ac".repeat(100);
    private static final String REASON = "\u20ac".repeat(500);
    private static final byte[] BYTES = new byte[5_000];
    private static final long MAX = Long.MAX_VALUE;

    @Test
    void no_command_has_more_bytes_than_it_weighs() {
        List<LogCommand> largest = List.of(
                new LogCommand.OpenSession(-1, NAME, NAME, Collections.nCopies(300, NAME)),
                new LogCommand.CloseSession(),
                new LogCommand.ExpireSession(MAX),
                new LogCommand.Begin(ID, NAME, Recovery.FORWARD, MAX, BYTES),
                new LogCommand.StartStep(
                        ID,
                        MAX,
                        NAME,
                        NAME.substring(36),
                        NAME.substring(36),
                        true,
                        true,
                        MAX,
                        new RetrySchedule(Integer.MAX_VALUE, MAX, 2, MAX, 1),
                        -1,
                        BYTES),
                new LogCommand.FinishStep(ID, MAX, BYTES),
                new LogCommand.FailStep(ID, MAX, true, REASON),
                new LogCommand.Decide(ID, Outcome.ABORT, REASON, Integer.MAX_VALUE),
                new LogCommand.ClaimAction(ID, MAX, Integer.MAX_VALUE, MAX),
                new LogCommand.FinishCompensation(ID, MAX),
                new LogCommand.FailCompensation(ID, MAX, Integer.MAX_VALUE, REASON),
                new LogCommand.Park(ID, MAX, Integer.MAX_VALUE, REASON),
                new LogCommand.Retry(ID),
                new LogCommand.Resolve(ID, Outcome.ABORT, REASON),
                new LogCommand.RecordDecision(ID, NAME, Integer.MAX_VALUE, BYTES),
                new LogCommand.ForgetDecision(ID),
                new LogCommand.RecordHeuristic(ID, NAME, LogCommand.Heuristic.HAZARD, REASON));

        assertThat(largest).extracting(LogCommand::kind).containsExactlyInAnyOrder(LogCommand.Kind.values());
        for (LogCommand each : largest) {
            assertThat(bytes(each)).as(each.kind().name()).isLessThanOrEqualTo(Submission.weight(each));
        }
    }

    private static long bytes(LogCommand command) {
        LogEntry entry = new LogEntry(0, 0, 0, 0, List.of(new SessionBatch(MAX, MAX, MAX, List.of(command))));
        return EntryCodec.encode(entry, 0, ByteBuffer.allocate(1_024)).limit();
    }
}
