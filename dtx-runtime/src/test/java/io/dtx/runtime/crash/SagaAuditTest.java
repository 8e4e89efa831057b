package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionStatus;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.crash.Facts.Effect;
import io.dtx.runtime.crash.Facts.Guard;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.testdb.H2Fixture;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds nothing where all is well, and every planted bug: in what is left, and in the parts that leave it. */
class SagaAuditTest {

    private static final int ORDERS = 10;

    @TempDir
    Path directory;

    private final Map<String, DataSource> databases = new LinkedHashMap<>();

    @BeforeEach
    void makeDatabases() throws SQLException {
        for (String each : Shop.RESOURCES) {
            databases.put(each, H2Fixture.freshDatabase().unpooled());
        }
        Shop.prepare(databases);
    }

    @Test
    void sagas_that_commit_and_sagas_that_fail_leave_nothing_to_complain_about() throws Exception {
        Facts facts = facts(new Effects());

        assertThat(SagaAudit.violations(facts)).isEmpty();
        assertThat(facts.transactions()).hasSize(ORDERS);
        assertThat(facts.effects()).anyMatch(each -> each.direction() == 'U');
        assertThat(facts.guards()).hasSameSizeAs(facts.effects());
    }

    @TestFactory
    Stream<DynamicTest> a_contradiction_in_what_is_left_is_found() throws Exception {
        Facts facts = facts(new Effects());
        TransactionHistory committed = any(facts, TransactionStatus.COMMITTED);
        TransactionHistory undone = any(facts, TransactionStatus.COMPENSATED);
        Effect kept = effect(facts, committed, "payments", 'D');
        Effect undo = effect(facts, undone, "payments", 'U');
        Map<String, Facts> broken = new LinkedHashMap<>();
        broken.put("S1 an effect of nobody", with(facts, f -> f.effects().add(of(kept, "another", 'D', 0))));
        broken.put("S1 the log has forgotten", with(facts, f -> f.transactions().remove(undone)));
        broken.put("S2 an effect twice", with(facts, f -> f.effects().add(kept)));
        broken.put("S2 a compensation twice", with(facts, f -> f.effects().add(undo)));
        broken.put("S3 an effect is lost", with(facts, f -> f.effects().remove(kept)));
        broken.put("S3 a compensation is lost", with(facts, f -> f.effects().remove(undo)));
        broken.put(
                "S3 a committed step is undone",
                with(facts, f -> f.effects().add(of(kept, kept.transaction(), 'U', 0))));
        broken.put(
                "S4 the first step is undone first",
                with(
                        facts,
                        f -> f.effects()
                                .replaceAll(each ->
                                        each.equals(undo) ? of(undo, undo.transaction(), 'U', 1 << 30) : each)));
        broken.put(
                "S5 a step wakes up after its compensation",
                with(
                        facts,
                        f -> f.effects()
                                .replaceAll(each -> each.equals(effect(f, undone, "stock", 'D'))
                                        ? of(each, each.transaction(), 'D', 1L << 40)
                                        : each)));
        broken.put(
                "S6 no guard row of the step that is undone",
                with(facts, f -> f.guards().removeIf(isOf(undone, "payments", 'D'))));
        broken.put("G1 no guard row", with(facts, f -> f.guards().removeIf(isOf(committed, "stock", 'D'))));
        broken.put(
                "G1 a guard row without its effect",
                with(
                        facts,
                        f -> f.guards().add(new Guard("stock", committed.id().toString(), "9.1", 'D', 'E'))));
        broken.put("G2 two sessions", with(facts, f -> f.sessions().put("stock", 2L)));
        broken.put(
                "A1 half a local transaction", with(facts, f -> f.differences().put("stock", 1L)));
        broken.put(
                "T6 told otherwise",
                with(facts, f -> f.told().add(new Told.Line(1, undone.id().toString(), Told.Answer.COMMITTED))));
        broken.put(
                "T6 a phantom failure",
                with(facts, f -> f.told().add(new Told.Line(1, committed.id().toString(), Told.Answer.ABORTED))));
        broken.put("L2 forgotten", with(facts, f -> f.transactions().remove(committed)));
        broken.put("V1 still open", with(facts, f -> f.transactions().replaceAll(SagaAuditTest::reopened)));
        return broken.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> found(each.getKey(), each.getValue())));
    }

    @Test
    void a_compensation_that_does_nothing_is_found() throws Exception {
        found("S3", facts(new Effects() {
            @Override
            void add(DataSource database, int order, String direction, long amount) throws SQLException {
                if (direction.equals("D")) {
                    super.add(database, order, direction, amount);
                }
            }
        }));
    }

    @Test
    void a_step_that_is_done_twice_is_found() throws Exception {
        found("S2", facts(new Effects() {
            @Override
            void add(DataSource database, int order, String direction, long amount) throws SQLException {
                super.add(database, order, direction, amount);
                super.add(database, order, direction, amount);
            }
        }));
    }

    @Test
    void a_step_that_is_skipped_is_found() throws Exception {
        found("S3", facts(new Effects() {
            @Override
            void add(DataSource database, int order, String direction, long amount) throws SQLException {
                if (order != 1) {
                    super.add(database, order, direction, amount);
                }
            }
        }));
    }

    @Test
    void a_change_outside_the_local_transaction_is_found() throws Exception {
        DataSource stock = databases.get("stock");
        found("A1", facts(new Effects() {
            @Override
            void add(DataSource database, int order, String direction, long amount) throws SQLException {
                super.add(database, order, direction, amount);
                try (Connection connection = stock.getConnection();
                        PreparedStatement update =
                                connection.prepareStatement("UPDATE account SET amount = amount + 1 WHERE id = 15")) {
                    update.executeUpdate();
                }
            }
        }));
    }

    @Test
    void a_guard_row_that_is_never_written_is_found() throws Exception {
        databases.replaceAll((name, source) -> withoutGuardRows(source));
        found("G1", facts(new Effects()));
    }

    @Test
    void a_log_that_acknowledges_before_it_writes_is_found_once_it_is_read_again() throws Exception {
        List<LyingLog> lying = new ArrayList<>();
        Shop dying = shop(new Effects(), log -> {
            lying.add(new LyingLog(log));
            return lying.get(0);
        });
        dying.start();
        dying.place(1);
        lying.get(0).lie();
        dying.place(2);
        dying.place(5);
        lying.get(0).close(); // and nothing else: the process is dead
        try (Shop next = shop(new Effects(), log -> log)) {
            next.start();
            next.awaitQuiet(10_000);
            found("L2", next.facts());
            found("S1", next.facts());
        }
    }

    private static void found(String promise, Facts facts) {
        assertThat(SagaAudit.violations(facts)).anyMatch(each -> each.startsWith(promise.substring(0, 2) + " "));
    }

    private Facts facts(Effects effects) throws SQLException, IOException {
        try (Shop shop = shop(effects, log -> log)) {
            shop.start();
            for (int order = 1; order <= ORDERS; order++) {
                shop.place(order);
            }
            shop.awaitQuiet(10_000);
            return shop.facts();
        }
    }

    private Shop shop(Effects effects, UnaryOperator<CoordinatorLog> log) throws IOException {
        return new Shop(directory, databases, Map.of(), effects, log);
    }

    private static TransactionHistory any(Facts facts, TransactionStatus status) {
        return facts.transactions().stream()
                .filter(each -> each.status() == status)
                .findFirst()
                .orElseThrow();
    }

    private static Effect effect(Facts facts, TransactionHistory transaction, String resource, char direction) {
        return facts.effects().stream()
                .filter(each -> each.transaction().equals(transaction.id().toString())
                        && each.resource().equals(resource)
                        && each.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    private static Effect of(Effect effect, String transaction, char direction, long later) {
        return new Effect(
                effect.resource(), effect.order(), transaction, direction, effect.amount(), effect.atNanos() + later);
    }

    private static Predicate<Guard> isOf(TransactionHistory transaction, String resource, char direction) {
        return row -> row.transaction().equals(transaction.id().toString())
                && row.resource().equals(resource)
                && row.direction() == direction;
    }

    private static TransactionHistory reopened(TransactionHistory h) {
        return new TransactionHistory(
                h.id(),
                h.name(),
                TransactionStatus.COMPENSATING,
                h.began(),
                h.decision(),
                h.decided(),
                h.resolution(),
                null,
                h.steps());
    }

    /** Something that breaks facts. */
    private interface Break {
        void in(Facts facts);
    }

    private static Facts with(Facts facts, Break planted) {
        Facts copy = new Facts(
                facts.resources(),
                new ArrayList<>(facts.effects()),
                new ArrayList<>(facts.guards()),
                new LinkedHashMap<>(facts.differences()),
                new LinkedHashMap<>(facts.sessions()),
                new ArrayList<>(facts.transactions()),
                new ArrayList<>(facts.told()));
        planted.in(copy);
        return copy;
    }

    private static DataSource withoutGuardRows(DataSource source) {
        return WatchedDatabase.wrap(DataSource.class, (method, arguments) -> {
            Object result = WatchedDatabase.call(source, method, arguments);
            return method.getName().equals("getConnection") ? withoutGuardRows((Connection) result) : result;
        });
    }

    private static Connection withoutGuardRows(Connection connection) {
        return WatchedDatabase.wrap(Connection.class, (method, arguments) -> {
            Object result = WatchedDatabase.call(connection, method, arguments);
            boolean guard = method.getName().equals("prepareStatement")
                    && arguments[0].toString().startsWith("INSERT")
                    && arguments[0].toString().contains("dtx_guard")
                    && arguments[0].toString().contains("'E'");
            return guard ? unsent((PreparedStatement) result) : result;
        });
    }

    private static PreparedStatement unsent(PreparedStatement statement) {
        List<String> transaction = new ArrayList<>();
        return WatchedDatabase.wrap(PreparedStatement.class, (Method method, Object[] arguments) -> {
            if (method.getName().equals("setString") && arguments[0].equals(1)) {
                transaction.add((String) arguments[1]);
            }
            boolean trial = !transaction.isEmpty() && transaction.get(0).startsWith("trial");
            return method.getName().equals("executeUpdate") && !trial
                    ? (Object) 1
                    : WatchedDatabase.call(statement, method, arguments);
        });
    }
}
