package io.dtx.testkit;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * A whole dtx inside a test: the real runtime, over a log in memory, with time that jumps, and failures and crashes where the
 * test orders them.
 *
 * <p>It starts with the first annotated call. When the application is made to crash, its objects stay usable: the next call, or
 * question, finds a new process on the same log and databases, which finishes what the dead one left.
 *
 * <p>Back-offs take no time, and {@link #advance} lets any time pass at once; otherwise time goes on as usual. Steps are named by
 * their method, or in full, as {@code StockService.reserve}.
 */
public class TestDtx {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long FIRST_JUMP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_JUMP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<String> inMemory;
    private final Map<String, DataSource> given = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, String> config = new LinkedHashMap<>();
    private @Nullable World world;

    TestDtx(List<String> inMemory) {
        this.inMemory = List.copyOf(inMemory);
        config.put("dtx.application", "test");
        config.put("dtx.retention", "80000h"); // time jumps far
        config.put("dtx.compensation.attempt-timeout", "24h"); // while attempts are at work
    }

    private TestDtx(TestDtx model) {
        this.inMemory = model.inMemory;
        given.putAll(model.given);
        units.putAll(model.units);
        config.putAll(model.config);
    }

    /** Returns one that is set up like this one, with databases in memory, log and time of its own. */
    TestDtx another() {
        return new TestDtx(this);
    }

    void configure(String key, String value) {
        refuseStarted();
        config.put(key, value);
    }

    void give(String name, DataSource database) {
        refuseStarted();
        given.put(name, database);
    }

    void map(String name, String unit) {
        refuseStarted();
        units.put(name, unit);
    }

    private void refuseStarted() {
        if (world != null) {
            throw new IllegalStateException("DTX-8507 the test kit is in use: configure it before.");
        }
    }

    World world() {
        World present = world;
        if (present == null) {
            Map<String, String> settings = new LinkedHashMap<>(config);
            // A database that is given remembers the logs of earlier tests: a node would have to bring its own again.
            settings.putIfAbsent("dtx.node", "test-" + UUID.randomUUID());
            present = new World(settings, new Databases(inMemory, given), units);
            world = present;
        }
        return present;
    }

    /**
     * Makes an object of an annotated class, as {@link Dtx#create}. Before the first annotated call.
     *
     * @param arguments for the constructor that fits best
     */
    public <T> T create(Class<T> type, @Nullable Object... arguments) {
        return world().create(type, arguments);
    }

    /**
     * Puts the Dtx of a container on this test kit, with the resources and settings of it. To be called by a bean of the
     * test's container that observes {@link Dtx.Builder}; the application's own observer must not be there.
     */
    public void configure(Dtx.Builder builder) {
        world().begin(builder, true);
    }

    /**
     * Boots the container that the application lives in; after each {@linkplain #crashAfter crash} another one, which is the next
     * process. A bean of it calls {@link #configure}. They are closed at the end of the test.
     */
    public <C extends AutoCloseable> C boot(Callable<C> container) {
        return world().boot(container);
    }

    /** Returns the data source to give to the classes under test, as {@link Dtx#resource(String)}; it survives crashes. */
    public DataSource resource(String name) {
        return resource(name, DataSource.class);
    }

    /**
     * Returns a resource as one of the types it can be used as, as {@link Dtx#resource(String, Class)}; it survives crashes.
     *
     * @param type an interface
     */
    public <T> T resource(String name, Class<T> type) {
        return world().resource(name, type);
    }

    /** Returns the database behind a resource, beside dtx: for the test's own look at it. */
    public DataSource database(String name) {
        return world().databases().source(name);
    }

    /** Executes SQL statements in the database of a resource, beside dtx: to make tables and to fill them. */
    public void execute(String resource, String... statements) throws SQLException {
        world().databases().execute(resource, statements);
    }

    /** Asks the database of a resource, beside dtx: the first column of the first row, null if there is none. */
    public @Nullable Object value(String resource, String query) throws SQLException {
        return world().databases().value(resource, query);
    }

    /** Orders that the next call of a step throws {@link InjectedFailure} instead of doing its work. */
    public void failBefore(String step) {
        world().script().order(Points.BEFORE + Points.body(step), 0, TestDtx::fail);
    }

    /** Orders that the next call of a step takes effect, and then {@link InjectedFailure} reaches its caller. */
    public void failAfter(String step) {
        world().script().order(Points.AFTER + Points.end(step), 0, TestDtx::fail);
    }

    /** Orders that the compensation of a step throws {@link InjectedFailure} once, before its work; it is tried again. */
    public void failCompensation(String step) {
        world().script().order(Points.BEFORE + Points.undoBody(step), 0, TestDtx::fail);
    }

    /** Orders that the process dies when a step is about to do its work. The caller sees {@link SimulatedCrash}. */
    public void crashBefore(String step) {
        world().script().order(Points.BEFORE + Points.body(step), 0, Fault.crash());
    }

    /** Orders that the process dies when a step has taken effect. The caller sees {@link SimulatedCrash}. */
    public void crashAfter(String step) {
        world().script().order(Points.AFTER + Points.end(step), 0, Fault.crash());
    }

    /** Orders that the next call of a step does its work only when the time of its transaction is over. */
    public void hang(String step) {
        world().script().order(Points.BEFORE + Points.body(step), 0, Cases.hang(world().clock()));
    }

    private static void fail(Life life, String where) {
        throw new InjectedFailure(where);
    }

    /** Lets time pass at once: what becomes due by then, such as the timeout of a transaction, happens. */
    public void advance(Duration time) {
        world().clock().jump(time.toNanos());
    }

    /** Returns what an operator sees and does. */
    public Transactions transactions() {
        return world().living().dtx().transactions();
    }

    /**
     * Waits until everything is done that can be done, without waiting for time to pass, and returns the last transaction.
     *
     * @throws AssertionError if there was none
     */
    public RecordedTransaction lastTransaction() {
        return settle().stream()
                .max(Comparator.comparing(TransactionHistory::id))
                .map(each -> new RecordedTransaction(each, world().script()))
                .orElseThrow(() -> new AssertionError("there was no transaction with a step"));
    }

    /**
     * Lets whatever a crash or a failure has left be finished, without waiting for time to pass.
     *
     * @return every transaction: none is open, those that could not be compensated are PARKED
     * @throws AssertionError if it does not end within 20 seconds
     */
    public List<TransactionHistory> settle() {
        long begun = System.nanoTime();
        long jump = FIRST_JUMP_NANOS;
        while (true) {
            Life life = world().living();
            List<TransactionHistory> all = transactions(life);
            if (all != null && all.stream().noneMatch(TestDtx::isOpen)) {
                return all;
            }
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                throw new AssertionError("after 20 s still open:" + System.lineSeparator() + all);
            }
            if (!life.isAtWork()) {
                world().clock().jump(jump);
                jump = Math.min(LONGEST_JUMP_NANOS, 2 * jump);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Returns what a life knows; null if it dies over the question. */
    private static @Nullable List<TransactionHistory> transactions(Life life) {
        try {
            return life.dtx().transactions().list(any -> true);
        } catch (RuntimeException e) {
            if (life.isAlive()) {
                throw e;
            }
            return null;
        }
    }

    private static boolean isOpen(TransactionHistory each) {
        return !each.status().isFinal() && each.status() != TransactionStatus.PARKED;
    }

    /**
     * Makes a test of everything that can go wrong at every point of a call: crashes, exceptions after an effect, connections that
     * break around a commit, compensations that fail or are repeated, calls that hang past the timeout, and processes that are
     * taken for dead and wake up. Each runs in a kit of its own, set up like this one, and is judged by the rules of
     * docs/guarantees.md: the caller is told what is true, every step is in effect or none is, no compensation runs twice or out of
     * turn, whoever changes data takes it back, nothing stays open. For a {@code @TestFactory}.
     *
     * @param creation makes the application and its tables; databases that are given keep theirs, so it clears them
     * @param trial calls one orchestrating method, which commits if nothing goes wrong
     * @param check what must hold of the application's data, whatever has happened
     * @throws AssertionError if the call does not commit when nothing goes wrong
     */
    public <T> Stream<DynamicTest> everyCrash(Creation<T> creation, Trial<T> trial, Check check) throws Exception {
        return new CrashMatrix<>(this, creation, trial, check).tests();
    }

    /**
     * As {@link #everyCrash(Creation, Trial, Check)}, for calls that leave no trace at all when they have not committed, and when
     * they have, do the same whatever has gone wrong: {@link Ending#assertAllOrNothing()}.
     *
     * @param creation makes the application and its tables
     * @param trial calls one orchestrating method, which commits if nothing goes wrong
     */
    public <T> Stream<DynamicTest> everyCrash(Creation<T> creation, Trial<T> trial) throws Exception {
        return everyCrash(creation, trial, Ending::assertAllOrNothing);
    }

    /** Returns the points of orders that nothing has passed. */
    List<String> openOrders() {
        World present = world;
        return present == null ? List.of() : present.script().open();
    }

    /** Returns what the log knows of the test's transactions, as text; empty if the application was never started. */
    String history() {
        World present = world;
        StringBuilder out = new StringBuilder();
        if (present != null && present.isStarted()) {
            try {
                transactions().list(any -> true).forEach(out::append);
            } catch (RuntimeException e) {
                out.append("the log cannot be read: ").append(e);
            }
        }
        return out.toString();
    }

    /** Closes it, so that it can be used from the start. */
    void close() {
        World present = world;
        world = null;
        if (present != null) {
            present.close();
        }
    }
}
