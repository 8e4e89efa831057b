package io.dtx.runtime.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.HeuristicOutcomeException;
import io.dtx.TransactionStatus;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Artemis broker takes part in ATOMIC transactions as a named resource: a message and a row, both or none. {@code
 * -Dcrash.all=true}: processes die at more points.
 */
class ArtemisTest {

    @TempDir
    private static Path brokers;

    private static Broker broker;

    @TempDir
    Path directory;

    private final TestDatabase database = PostgresFixture.freshDatabase();

    ArtemisTest() {
        database.execute("CREATE TABLE move (number INT PRIMARY KEY)");
    }

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(brokers);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void a_message_is_sent_and_received_with_a_row_or_not_at_all() throws Exception {
        try (Courier courier = new Courier(directory, database, Broker.source(broker.url()))) {
            courier.move(1, false);
            assertThatThrownBy(() -> courier.move(2, true)).hasMessage("changed my mind");
            assertThatThrownBy(() -> courier.receive(3, true)).hasMessage("changed my mind");
            assertThat(courier.receive(4, false)).isEqualTo("move 1");
            courier.move(5, false);
        }
        assertThat(broker.takeAll()).containsExactly("move 5");
        assertThat(noted()).containsExactly(1, 4, 5);
        assertNothingInDoubt();
    }

    /** Where a process dies at its second move, and whether that was decided by then. */
    private record Death(String point, boolean decided) {}

    private static final List<Death> DEATHS = List.of(
            new Death("prepare:after", false),
            new Death("commit:before", true),
            new Death("prepare:before", false),
            new Death("commit:after", true));

    @Test
    void what_processes_leave_that_die_at_the_broker_is_ended_by_the_next_one() throws Exception {
        List<Integer> moves = new ArrayList<>();
        int first = 1;
        for (Death each : Boolean.getBoolean("crash.all") ? DEATHS : DEATHS.subList(0, 2)) {
            Fork.Run dead = courier(first, each.point()).await();
            assertThat(dead.exit()).as(dead.end()).isEqualTo(Courier.HALTED);
            moves.add(first);
            if (each.decided()) {
                moves.add(first + 1);
            }
            first += 2;
        }
        try (Courier courier = new Courier(directory, database, Broker.source(broker.url()))) {
            courier.awaitNothingOpen();
        }
        assertThat(noted()).isEqualTo(moves);
        assertThat(broker.takeAll())
                .containsExactlyInAnyOrderElementsOf(
                        moves.stream().map(each -> "move " + each).toList());
        assertNothingInDoubt();
    }

    @Test
    void an_owner_that_wakes_up_after_another_has_committed_at_the_broker_does_no_harm() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        WatchedSource jms = beforeItsFirstCommit(() -> ended.set(Broker.commitAll(broker.url())));
        try (Courier courier = new Courier(directory, database, jms)) {
            courier.move(1, false);
            courier.awaitNothingOpen();
        }
        assertThat(ended).hasValue(1);
        assertThat(noted()).containsExactly(1);
        assertThat(broker.takeAll()).containsExactly("move 1");
        assertNothingInDoubt();
    }

    @Test
    void an_administrator_who_rolls_a_prepared_message_back_is_found_out() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        WatchedSource jms = beforeItsFirstCommit(() -> ended.set(broker.rollBackAllByHand()));
        try (Courier courier = new Courier(directory, database, jms)) {
            assertThatThrownBy(() -> courier.move(1, false)).isInstanceOf(HeuristicOutcomeException.class);
            assertThat(courier.statuses()).containsExactly(TransactionStatus.HEURISTIC_MIXED);
        }
        assertThat(ended).hasValue(1);
        assertThat(noted()).containsExactly(1);
        assertThat(broker.takeAll()).isEmpty();
        assertThat(broker.heuristicallyRolledBack()).as("still remembered").isEmpty();
        assertNothingInDoubt();
    }

    @Test
    void a_message_alone_of_a_process_that_was_taken_over_is_sent_for_nothing_guards_it() throws Exception {
        Courier[] owner = new Courier[1];
        WatchedSource jms = beforeItsFirstCommit(() -> owner[0].fence());
        try (Courier courier = new Courier(directory, database, jms)) {
            owner[0] = courier;
            courier.announce(1);
            assertThat(courier.isFenced()).isTrue();
        }
        assertThat(broker.takeAll()).containsExactly("move 1");
        assertNothingInDoubt();
    }

    /** Returns the broker as a resource whose first branch that is told to commit waits for something else to happen. */
    private static WatchedSource beforeItsFirstCommit(Event event) {
        AtomicBoolean happened = new AtomicBoolean();
        return new WatchedSource(Broker.source(broker.url()), call -> {
            if (call.equals("commit:before") && happened.compareAndSet(false, true)) {
                event.happen();
            }
        });
    }

    /** What happens meanwhile. */
    private interface Event {
        void happen() throws Exception;
    }

    @Test
    void the_documentation_shows_the_class_that_is_tested() throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/dtx/runtime/artemis/JmsSource.java"));
        assertThat(Files.readString(Path.of("../docs/atomic.md")))
                .contains(source.substring(source.indexOf("record JmsSource")));
    }

    private Fork courier(int first, String point) throws Exception {
        return Fork.start(
                Courier.class,
                directory,
                Map.of(
                        "url", database.url(),
                        "user", database.user(),
                        "password", database.password(),
                        "broker", broker.url(),
                        "first", String.valueOf(first),
                        "point", point));
    }

    private void assertNothingInDoubt() {
        assertThat(broker.inDoubt()).as("prepared at the broker").isZero();
        assertThat(database.number("SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"))
                .as("prepared in the database")
                .isZero();
    }

    private List<Integer> noted() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM move ORDER BY number")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }
}
