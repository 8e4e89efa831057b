package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.DtxException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxBackup;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log is restored from a backup while branches are prepared: nothing ends them but an operator, who can tell which is which. */
class AtomicRestoreTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();

    @Test
    void prepared_branches_of_a_former_log_wait_for_an_operator_who_ends_them_as_the_log_says() throws Exception {
        TransactionId decided = leaveADecisionAndABranch();
        TransactionId undecided = leaveBranchesWithoutADecision();
        assertThat(Bank.inDoubt(east, west)).isEqualTo(3);

        Path file = directory.resolve("backup");
        DtxBackup.ofDirectory(Map.of("dtx.log.dir", directory.resolve("log").toString()), file);
        DtxBackup.Restoration restored = DtxBackup.restore(file, directory.resolve("restored"));
        assertThat(restored.parked()).isEqualTo(1);
        east.execute(restored.fencingSql());
        west.execute(restored.fencingSql());

        AtomicInteger scans = new AtomicInteger();
        step.set(call -> scans.addAndGet(call.equals("west:recover:after") ? 1 : 0));
        Map<String, String> settings =
                Map.of("dtx.log.dir", directory.resolve("restored").toString());
        try (Bank bank = Bank.watched(directory, settings, east, west, step).start()) {
            scans.set(0);
            Bank.await(() -> scans.get() > 3); // each begins when the pass before it has ended
            assertThat(Bank.inDoubt(east, west)).as("nobody has ended a branch").isEqualTo(3);
            assertThat(bank.dtx().transactions().outcome(undecided)).isEmpty();
            TransactionHistory history = bank.dtx().transactions().show(decided).orElseThrow();
            assertThat(history.status()).isEqualTo(TransactionStatus.PARKED);
            assertThat(history.decision()).startsWith("COMMIT").contains("commit by hand");
            assertThatThrownBy(() -> bank.dtx().transactions().retry(decided))
                    .isInstanceOf(DtxException.class)
                    .hasMessageStartingWith("DTX-8027 " + decided);

            assertThat(end(history.name(), "COMMIT")).isEqualTo(1);
            bank.dtx().transactions().resolve(decided, TransactionStatus.COMMITTED, "committed its branch by hand");
            assertThat(bank.dtx().transactions().outcome(decided)).contains(TransactionStatus.RESOLVED);
            assertThat(end("", "ROLLBACK")).isEqualTo(2);

            assertThat(Bank.inDoubt(east, west)).isZero();
            bank.transfer(5);
        }
        assertThat(Bank.balance(east)).isEqualTo(985);
        assertThat(Bank.balance(west)).isEqualTo(1015);
        assertThat(Branches.postings(east)).isEqualTo(Branches.postings(west)).isEmpty();
    }

    /** One branch of a decided transaction does not commit before the process ends. */
    private TransactionId leaveADecisionAndABranch() throws Exception {
        step.set(call -> {
            if (call.equals("west:commit:before")) {
                throw new XAException(XAException.XAER_RMFAIL);
            }
        });
        try (Bank bank = Bank.watched(directory, Map.of(), east, west, step).start()) {
            return bank.atomically(() -> {
                Bank.add(bank.east(), -10);
                Bank.add(bank.west(), 10);
                return TransactionContext.current().id();
            });
        }
    }

    /** Both branches are prepared, and the process ends before it could decide; until then the branch of the other stays. */
    private TransactionId leaveBranchesWithoutADecision() {
        AtomicReference<TransactionId> id = new AtomicReference<>();
        try (Bank bank = Bank.watched(directory, Map.of(), east, west, step).start()) {
            bank.log().before(commands -> {
                if (commands.contains("RECORD_DECISION")) {
                    throw new IllegalStateException("the disk is gone");
                }
            });
            assertThatThrownBy(() -> bank.atomically(() -> {
                        id.set(TransactionContext.current().id());
                        post(bank.east());
                        post(bank.west());
                        return null;
                    }))
                    .isInstanceOf(OutcomeUnknownException.class);
        }
        return id.get();
    }

    private static void post(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO posting VALUES (1, 100)"); // the account is locked by what is in doubt
        }
    }

    /** Ends the branches whose global id begins with the transaction manager's name for a transaction, as the manual says. */
    private long end(String name, String verb) throws SQLException {
        long ended = 0;
        for (TestDatabase each : List.of(east, west)) {
            try (Connection connection = each.connect();
                    Statement statement = connection.createStatement()) {
                for (String gid : prepared(statement)) {
                    byte[] global = Base64.getDecoder().decode(gid.split("_")[1]);
                    byte[] uid = name.isEmpty() ? new byte[0] : new Uid(name).getBytes();
                    if (Arrays.equals(uid, Arrays.copyOf(global, uid.length))) {
                        statement.execute(verb + " PREPARED '" + gid + "'");
                        ended++;
                    }
                }
            }
        }
        return ended;
    }

    private static List<String> prepared(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
