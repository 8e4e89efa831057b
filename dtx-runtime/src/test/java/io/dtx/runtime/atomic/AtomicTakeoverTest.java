package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.Dtx;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.crash.ThreeMembers;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process dies, or is stopped, in the middle of two-phase commit over three members, two PostgreSQL databases and a participant
 * without XA, and another process ends what it had in doubt, at once: by its interval it would not look within an hour.
 */
class AtomicTakeoverTest {

    private static final int IN_DOUBT = Integer.getInteger("atomic.takeover.transactions", 12);
    private static final int UNDECIDED = 4;
    private static final int GOAL = 200;
    private static final long GOAL_MILLIS = 2_000; // on a machine that does nothing else
    private static final long LIMIT_MILLIS = IN_DOUBT >= GOAL ? GOAL_MILLIS : 10 * GOAL_MILLIS;

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private Folder folder;
    private ThreeMembers members;
    private Dtx survivor;
    private MembersLink observer;

    @BeforeEach
    void start() throws IOException {
        members = new ThreeMembers(directory);
        folder = new Folder(directory);
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.recovery.interval", "1h");
        members.configuration().forEach(builder::config);
        survivor = builder.xaResource("east", Bank.xa(east))
                .xaResource("west", Bank.xa(west))
                .participant("folder", folder)
                .build();
        survivor.start();
        observer = members.link();
        observer.open(new DeafListener());
    }

    @AfterEach
    void close() {
        observer.close();
        survivor.close();
        members.close();
    }

    @Test
    void what_a_killed_process_left_in_doubt_is_ended_by_another_as_soon_as_it_is_fenced() throws Exception {
        Set<Long> before = sessions();
        Fork owner = clerk(1, Map.of("decided", String.valueOf(IN_DOUBT), "prepared", String.valueOf(UNDECIDED)));
        owner.awaitLine("STUCK");
        assertThat(inDoubt()).isEqualTo(3L * (IN_DOUBT + UNDECIDED));

        owner.signal("KILL");
        long killed = System.nanoTime();
        Bank.await(() -> before.containsAll(sessions()));
        long fenced = System.nanoTime();
        Bank.await(() -> inDoubt() == 0);
        long ended = System.nanoTime();
        Bank.await(() -> observer.decisions().isEmpty());

        System.out.printf(
                "TAKEOVER over three members: %d transactions, %d branches; fenced %d ms after the kill, ended %d ms and"
                        + " forgotten %d ms after the fence%n",
                IN_DOUBT + UNDECIDED,
                3 * (IN_DOUBT + UNDECIDED),
                millis(killed, fenced),
                millis(fenced, ended),
                millis(fenced, System.nanoTime()));
        assertThat(owner.await().exit()).isEqualTo(137);
        assertThat(Branches.postings(east)).hasSize(1 + IN_DOUBT).isEqualTo(Branches.postings(west));
        assertThat(told("COMMITTED")).isEqualTo(Branches.postings(east)).isEqualTo(folder.noted());
        assertThat(millis(fenced, ended)).isLessThan(LIMIT_MILLIS);
    }

    @Test
    void a_stopped_process_whose_transactions_two_others_have_ended_at_once_does_no_harm_when_it_goes_on()
            throws Exception {
        Fork rival = clerk(100, Map.of("dtx.xa.recovery.interval", "1h"));
        rival.awaitLine("STUCK");
        Set<Long> before = sessions();
        Fork owner = clerk(1, Map.of("before.commit", "2", "prepared", "2"));
        owner.awaitLine("STUCK");
        assertThat(inDoubt()).isEqualTo(12);

        owner.signal("STOP");
        Bank.await(() -> before.containsAll(sessions()));
        Bank.await(() -> inDoubt() == 0 && observer.decisions().isEmpty());
        assertThat(Branches.postings(east)).hasSize(4).isEqualTo(Branches.postings(west));
        Files.createFile(directory.resolve("continued"));
        owner.signal("CONT");

        Fork.Run run = owner.await();
        assertThat(run.exit()).as(run.end()).isZero();
        Fork.Run other = rival.await();
        assertThat(other.exit()).as(other.end()).isZero();
        assertThat(inDoubt()).isZero();
        assertThat(Branches.postings(east)).hasSize(6).isEqualTo(Branches.postings(west));
        assertThat(told("COMMITTED")).isEqualTo(Branches.postings(east)).isEqualTo(folder.noted());
        assertThat(told("ABORTED")).hasSize(2);
        assertThat(told("UNKNOWN")).isEmpty();
    }

    private Fork clerk(int first, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "url.east", east.url(),
                "url.west", west.url(),
                "user", east.user(),
                "password", east.password(),
                "first", String.valueOf(first),
                "dtx.xa.parallel", "false",
                "dtx.xa.pool.max", "20"));
        all.putAll(members.configuration());
        all.putAll(settings);
        return Fork.start(Clerk.class, directory, all);
    }

    private Set<Long> sessions() {
        return observer.openSessions().sessions().stream().map(SessionState::id).collect(Collectors.toSet());
    }

    private long inDoubt() {
        String query = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()";
        try {
            return east.number(query) + west.number(query) + folder.inDoubt().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<Integer> told(String answer) throws IOException {
        return Files.readAllLines(directory.resolve("told")).stream()
                .filter(each -> each.endsWith(" " + answer))
                .map(each -> Integer.parseInt(each.substring(0, each.indexOf(' '))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }
}
