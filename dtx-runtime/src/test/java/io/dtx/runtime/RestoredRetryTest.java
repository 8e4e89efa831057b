package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.log.file.FileLog;
import io.dtx.runtime.protocol.LogCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told who wants to have a transaction of a restored log undone of which nothing can be undone. */
class RestoredRetryTest {

    @TempDir
    Path directory;

    @Test
    void a_retry_is_refused_where_it_would_undo_a_decision_and_where_the_log_knows_nothing_to_undo() {
        Path former = directory.resolve("former");
        TransactionId decided;
        TransactionId begun;
        try (Coordinator coordinator = new Coordinator(new FileLog(former), Limits.DEFAULT)) {
            coordinator.open();
            coordinator.openSession("node", "shop", List.of());
            long session = coordinator.session().id();
            decided = new TransactionId(coordinator.cluster(), session, 1);
            begun = new TransactionId(coordinator.cluster(), session, 2);
            coordinator
                    .submit(
                            List.of(
                                    new LogCommand.RecordDecision(decided, "uid", 1, new byte[] {1}),
                                    new LogCommand.Begin(begun, "Orders.place", Recovery.BACKWARD, 60_000, null)),
                            true)
                    .join();
        }
        Path file = directory.resolve("backup");
        DtxBackup.ofDirectory(Map.of("dtx.log.dir", former.toString()), file);
        assertThat(DtxBackup.restore(file, directory.resolve("restored")).parked())
                .isEqualTo(2);

        Map<String, String> config = Map.of(
                "dtx.log", "file", "dtx.log.dir", directory.resolve("restored").toString());
        try (DtxOverLog dtx = new DtxOverLog(config, Map.of(), log -> log)) {
            dtx.start();
            assertRefused(dtx, decided, "DTX-8027 " + decided + " cannot be retried, for a retry undoes");
            assertRefused(dtx, begun, "DTX-8028 " + begun + " cannot be retried");
            dtx.transactions().resolve(begun, TransactionStatus.COMPENSATED, "nothing of it is there");
            assertThat(dtx.transactions().outcome(begun)).contains(TransactionStatus.RESOLVED);
        }
    }

    private static void assertRefused(DtxOverLog dtx, TransactionId id, String message) {
        assertThatThrownBy(() -> dtx.transactions().retry(id))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith(message);
        assertThat(dtx.transactions().outcome(id)).contains(TransactionStatus.PARKED);
    }
}
