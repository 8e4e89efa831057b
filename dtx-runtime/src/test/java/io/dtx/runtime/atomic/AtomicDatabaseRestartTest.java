package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.crash.ThreeMembers;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.testdb.MortalPostgres;
import io.dtx.runtime.testdb.MortalServer;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database server is killed with {@code kill -9}, or stopped, while branches are in doubt there, decided and not; it is started
 * again, or woken up, later. {@code -Dcrash.all=true}: all of it, else the first.
 */
class AtomicDatabaseRestartTest {

    private static final boolean ALL = AtomicKillTest.ALL;
    private static final int DECIDED = 1;
    private static final int REFUSED = 2;
    private static final int AFTERWARDS = 3;

    /** What happens to the server: while its process waits for it, or while others end what a killed process left. */
    enum Fault {
        KILLED,
        STOPPED,
        KILLED_IN_TAKEOVER,
        STOPPED_IN_TAKEOVER;

        void begin(MortalServer server) throws IOException {
            if (this == KILLED || this == KILLED_IN_TAKEOVER) {
                server.kill();
            } else {
                server.stop();
            }
        }

        void end(MortalServer server) throws IOException {
            if (this == KILLED || this == KILLED_IN_TAKEOVER) {
                server.restart();
            } else {
                server.wakeUp();
            }
        }
    }

    @TempDir
    Path directory;

    private final CountDownLatch prepared = new CountDownLatch(2);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile int current;

    /** Starts a server of the kind that is tried. */
    MortalServer server() throws IOException {
        return new MortalPostgres();
    }

    /** Makes a database at another server of that kind. */
    TestDatabase elsewhere() {
        return PostgresFixture.freshDatabase();
    }

    static List<Fault> faults() {
        return ALL ? List.of(Fault.values()) : List.of(Fault.KILLED);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_is_in_doubt_there_is_ended_as_decided_once_the_server_is_back(Fault fault) throws Exception {
        try (MortalServer server = server()) {
            TestDatabase east = Bank.account(server.database("east"));
            TestDatabase west = Bank.account(elsewhere());
            if (fault == Fault.KILLED || fault == Fault.STOPPED) {
                underItsProcess(fault, server, east, west);
            } else {
                inTakeover(fault, server, east, west);
            }
            System.out.printf("ATOMIC server %-25s trials   1  violations 0%n", fault);
        } finally {
            callers.shutdownNow();
        }
    }

    private void underItsProcess(Fault fault, MortalServer server, TestDatabase east, TestDatabase west)
            throws Exception {
        try (Bank bank = new Bank(
                        directory,
                        Map.of("dtx.xa.parallel", "false"),
                        east,
                        west,
                        WatchedXa.watch("east", Bank.xa(east), this::pass),
                        WatchedXa.watch("west", Bank.xa(west), this::pass))
                .start()) {
            Future<?> decided = post(bank, DECIDED);
            Future<?> refused = post(bank, REFUSED);
            prepared.await();

            fault.begin(server);
            gone.countDown();
            Bank.await(() -> asked.contains("east:rollback:before"));
            if (fault == Fault.KILLED) {
                decided.get(); // the decision is durable: the caller is told so
            }
            assertThat(bank.undecided()).as("decisions that wait").isEqualTo(1);
            fault.end(server);
            decided.get();
            assertThatThrownBy(refused::get).hasCauseInstanceOf(TransactionAbortedException.class);
            bank.awaitNothingInDoubt();
            Bank.await(() -> succeeds(bank));
            assertThat(Branches.postings(east))
                    .isEqualTo(Branches.postings(west))
                    .containsExactlyInAnyOrder(DECIDED, AFTERWARDS);
        }
    }

    /** The survivor asks again and again. What it can reach it ends meanwhile. */
    private void inTakeover(Fault fault, MortalServer server, TestDatabase east, TestDatabase west) throws Exception {
        int committed = 3;
        Folder folder = new Folder(directory);
        try (ThreeMembers members = new ThreeMembers(directory);
                Dtx survivor = survivor(members, east, west, folder);
                MembersLink observer = members.link()) {
            survivor.start();
            observer.open(new DeafListener());
            Map<String, String> settings = new HashMap<>(members.configuration());
            settings.putAll(Map.of("url.east", east.url(), "url.west", west.url(), "dtx.xa.parallel", "false"));
            settings.putAll(Map.of("user", east.user(), "password", east.password()));
            settings.putAll(Map.of("first", "1", "before.commit", String.valueOf(committed), "prepared", "2"));
            Fork owner = Fork.start(Clerk.class, directory, settings);
            owner.awaitLine("STUCK");

            fault.begin(server);
            owner.signal("KILL");
            Bank.await(() -> Bank.inDoubt(west) == 0);
            assertThat(observer.decisions()).as("decisions that wait").hasSize(committed);
            fault.end(server);

            Bank.await(() -> Bank.inDoubt(east) == 0 && observer.decisions().isEmpty());
            assertThat(owner.await().exit()).isEqualTo(137);
            assertThat(Branches.postings(east))
                    .hasSize(1 + committed)
                    .isEqualTo(Branches.postings(west))
                    .isEqualTo(folder.noted());
        }
    }

    private static Dtx survivor(ThreeMembers members, TestDatabase east, TestDatabase west, Folder folder) {
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.recovery.interval", "200ms");
        members.configuration().forEach(builder::config);
        return builder.xaResource("east", Bank.xa(east))
                .xaResource("west", Bank.xa(west))
                .participant("folder", folder)
                .build();
    }

    /** One is held before it commits in east, the other before it is refused in west; both are prepared in east by then. */
    private void pass(String call) throws Exception {
        asked.add(call);
        if (gone.getCount() > 0) {
            if (call.equals("east:commit:before")) {
                hold();
            } else if (current == REFUSED && call.equals("west:prepare:before")) {
                hold();
                throw new XAException(XAException.XA_RBINTEGRITY);
            }
        }
    }

    private void hold() throws InterruptedException {
        prepared.countDown();
        gone.await();
    }

    private Future<?> post(Bank bank, int number) throws InterruptedException {
        long before = prepared.getCount();
        current = number;
        Future<?> posted = callers.submit(() -> {
            bank.atomically(() -> {
                insert(bank, number);
                return null;
            });
            return null;
        });
        Bank.await(() -> prepared.getCount() < before || posted.isDone());
        return posted;
    }

    private static boolean succeeds(Bank bank) {
        try {
            bank.atomically(() -> {
                insert(bank, AFTERWARDS);
                return null;
            });
            return true;
        } catch (DtxException | SQLException e) {
            return false; // a connection of before the restart
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void insert(Bank bank, int number) throws SQLException {
        PostingService.insert(bank.east(), number, -1);
        PostingService.insert(bank.west(), number, 1);
    }
}
