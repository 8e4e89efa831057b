package io.dtx.testkit;

import io.dtx.StepContext;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.Rig;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.spi.BeanSource;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One life of the application, as a process has one: its Dtx, its hold on the log, its connections. Thread-safe. */
final class Life implements Rig, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Life.class.getName());
    private static final ThreadLocal<@Nullable Life> HERE = new ThreadLocal<>();

    private final Script script;
    private final VirtualClock clock;
    private final WatchedLog log;
    private volatile @Nullable Dtx dtx;
    private volatile @Nullable AutoCloseable container;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean dead;
    private volatile boolean alive = true;

    Life(World world) {
        this.script = world.script();
        this.clock = world.clock();
        this.log = new WatchedLog(world.log(), this, script);
    }

    /** Puts a Dtx on this life's log, clock and connections. */
    void configure(
            Dtx.Builder builder,
            Map<String, String> config,
            Map<String, DataSource> databases,
            Map<String, String> units) {
        builder.rig(this);
        config.forEach(builder::config);
        databases.forEach((name, database) -> builder.resource(name, WatchedDatabase.of(this, script, database)));
        units.forEach(builder::persistenceUnit);
    }

    /** Its Dtx is there, be it not started yet. */
    void has(Dtx made) {
        dtx = made;
    }

    /** A container that was booted for this life goes down with it. */
    void isIn(AutoCloseable booted) {
        container = booted;
    }

    /** Returns the life that the calling thread works for, or null. */
    static @Nullable Life here() {
        return HERE.get();
    }

    Dtx dtx() {
        Dtx present = dtx;
        if (present == null) {
            throw new IllegalStateException(
                    "DTX-8508 the container that the test kit has configured has not started its"
                            + " Dtx: is it up, and does the bean that observes Dtx.Builder belong to it?");
        }
        return present;
    }

    /** Returns whether it has neither died nor been taken for dead. */
    boolean isAlive() {
        return alive;
    }

    /** Returns whether a call or a compensation is being run. */
    boolean isAtWork() {
        return atWork.get() > 0;
    }

    /** Ends it as {@code kill -9} does: the databases roll back what is open. */
    void kill() {
        alive = false;
        dead = true;
        log.cut();
        connections.forEach(this::breakOff);
    }

    /** Others take it for dead: the log is theirs, while its threads and connections go on. */
    void detach() {
        alive = false;
        log.cut();
    }

    @Override
    public CoordinatorLog log() {
        return log;
    }

    @Override
    public MonotonicClock clock() {
        return clock;
    }

    @Override
    public void started(Dtx running) {
        dtx = running;
    }

    @Override
    public StepGateway entrance(StepGateway running) {
        return new Entrance(this, script, running);
    }

    @Override
    public BeanSource beans(BeanSource registered) {
        return call -> {
            StepContext context = StepContext.current();
            String step = context.stepName();
            inside(() -> {
                script.pass(this, Points.BEFORE + Points.undoBody(step));
                registered.with(call);
                tookEffectOutside(step, true);
                script.pass(this, Points.AFTER + Points.undoBody(step));
                return step;
            });
        };
    }

    /** Runs for this life; a process that has died meanwhile returns nothing, to nobody. */
    @SuppressWarnings("unchecked") // E is whatever the body throws
    <T extends @Nullable Object, E extends Throwable> T inside(StepGateway.Body<T> body) throws E {
        Life outer = HERE.get();
        HERE.set(this);
        atWork.incrementAndGet();
        try {
            T result = body.run();
            throwIfDead(null);
            return result;
        } catch (Throwable failure) {
            throwIfDead(failure);
            throw (E) failure;
        } finally {
            atWork.decrementAndGet();
            HERE.set(outer);
        }
    }

    private void throwIfDead(@Nullable Throwable failure) {
        if (dead && !(failure instanceof SimulatedCrash)) {
            SimulatedCrash crash = new SimulatedCrash("while it worked");
            if (failure != null) {
                crash.addSuppressed(failure);
            }
            throw crash;
        }
    }

    /** The work of the thread's EXTERNAL step or compensation is done; a guarded one says so itself, by its commit. */
    void tookEffectOutside(String step, boolean undone) {
        StepDescriptor<?> called = script.step(step);
        if (called != null && called.isExternal()) {
            StepContext context = StepContext.current();
            String[] key = context.stepKey().split("\\.", -1); // id.call.D
            long call = Long.parseLong(key[1], 36);
            script.tookEffect(new Effect(context.transactionId().toString(), call, step, undone, true));
        }
    }

    Connection opened(Connection connection) throws SQLException {
        connections.add(connection);
        if (dead) {
            breakOff(connection);
            throw new SQLNonTransientConnectionException("DTX-8502 the process that asks has died", "08006");
        }
        return connection;
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /** Ends a connection as a broken network does. */
    void breakOff(Connection connection) {
        connections.remove(connection);
        try {
            if (!connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                connection.close();
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "it is broken already", e);
        }
    }

    @Override
    public void close() {
        Dtx present = dtx;
        if (present != null) {
            present.close();
        }
        alive = false;
        AutoCloseable booted = container;
        if (booted != null) {
            try {
                booted.close();
            } catch (Exception e) {
                throw new IllegalStateException("DTX-8509 the container under test does not close", e);
            }
        }
    }
}
