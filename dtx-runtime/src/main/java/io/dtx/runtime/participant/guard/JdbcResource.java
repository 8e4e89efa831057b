package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.TwoPhaseCommit.Database;
import io.dtx.spi.LocalTransactions;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A guarded resource over JDBC: PostgreSQL, MariaDB, MySQL or H2.
 *
 * <p>Each step, compensation and look-up takes a fresh connection of the user's data source and gives it back; none is held
 * while another is taken. Thread-safe.
 */
public final class JdbcResource implements GuardedResource {

    private final String name;
    private final TransactionSource source;
    private final @Nullable Database database;
    private final DataSource guarded;
    private @Nullable PersistenceUnit unit;
    private volatile @Nullable Verbs verbs;

    private JdbcResource(String name, TransactionSource source, @Nullable Database database) {
        this.name = name;
        this.source = source;
        this.database = database;
        this.guarded = new GuardedDataSource(this, source);
    }

    /** Makes a resource of a data source, whose pool it does not own. */
    public static JdbcResource of(String name, DataSource dataSource) {
        return new JdbcResource(name, new DataSourceTransactions(dataSource), null);
    }

    /**
     * Makes a resource of a database that takes part in ATOMIC transactions as well: what is no step works with its joined
     * connections.
     */
    public static JdbcResource of(String name, Database database) {
        return new JdbcResource(name, new DataSourceTransactions(database.apart()), database);
    }

    /** Makes a resource of transactions that the application begins and ends in its own way. */
    public static JdbcResource of(String name, LocalTransactions transactions) {
        return new JdbcResource(name, new SuppliedTransactions(transactions), null);
    }

    /**
     * Gives it a persistence unit, before it is started; needs Jakarta Persistence and Hibernate ORM on the class path.
     *
     * @throws io.dtx.DtxException if its transactions are the application's own
     */
    public void persistenceUnit(String unitName) {
        if (!(source instanceof DataSourceTransactions)) {
            throw new DtxException(
                    null,
                    "DTX-3034 persistence unit \"" + unitName + "\" needs a resource that is a data source; \"" + name
                            + "\" has transactions of its own.",
                    null);
        }
        unit = new PersistenceUnit(unitName, this);
    }

    /** Returns the resource as this type: a {@link DataSource}, or an entity manager if it has a persistence unit; else null. */
    public <T> @Nullable T as(Class<T> type) {
        if (type == DataSource.class) {
            return type.cast(guarded);
        }
        return unit != null && type.getName().equals("jakarta.persistence.EntityManager")
                ? type.cast(EntityManagerCalls.of(unit))
                : null;
    }

    /** Returns the persistence unit of its steps, null if it has none. */
    @Nullable
    PersistenceUnit unit() {
        return unit;
    }

    /** Returns where connections outside of steps come from if it takes part in ATOMIC transactions, else null. */
    @Nullable
    DataSource joined() {
        return database == null ? null : database.joined();
    }

    /** Returns what guards ATOMIC transactions that work with this database only, once it is started; null if none do. */
    public @Nullable OnePhaseGuard onePhaseGuard() {
        Database connections = database;
        if (connections == null || !(source instanceof DataSourceTransactions pooled)) {
            return null;
        }
        StartedResource started = verbs().resource;
        TransactionSource fresh = pooled.through(connections.fresh());
        return new OnePhaseRows(
                started, new StartedResource(name, fresh, started.owner(), started.databaseId()), verbs().sessions);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(ResourceOwner owner) {
        StartedResource started = GuardTables.prepare(name, source, owner);
        close();
        if (unit != null) {
            unit.open();
        }
        verbs = new Verbs(this, started);
    }

    private Verbs verbs() {
        Verbs present = verbs;
        if (present == null) {
            throw new IllegalStateException("DTX-3026 resource \"" + name + "\" is not started");
        }
        return present;
    }

    @Override
    public String databaseId() {
        return verbs().resource.databaseId();
    }

    @Override
    public void openSession(long session) {
        verbs().sessions.open(session);
    }

    @Override
    public void fence(long session) {
        verbs().sessions.fence(session);
    }

    @Override
    public void fenceLog(long cluster) {
        new SessionRows(verbs().resource, cluster).fenceAll();
    }

    @Override
    public Set<Long> inEffect(TransactionId transaction) {
        return verbs().resource.inEffect(transaction);
    }

    @Override
    public void raiseLow(long session, long low) {
        verbs().sessions.raiseLow(session, low);
    }

    @Override
    public ForwardResult forward(StepCall call, GuardedBody body, Intent intent) {
        return verbs().forward.run(call, body, intent);
    }

    @Override
    public Settlement settle(StepCall call, long ownerSession) {
        return verbs().settling.settle(call, ownerSession);
    }

    @Override
    public ActionResult compensate(StepCall call, long ownerSession, Compensation compensation) {
        return verbs().compensations.run(call, ownerSession, compensation);
    }

    @Override
    public void close(StepCall call, long ownerSession) {
        verbs().settling.close(call, ownerSession);
    }

    @Override
    public void plain(Duration timeout, PlainBody body) throws Throwable {
        Verbs present = verbs();
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Ended ended = source.step(Use.own(name, "standalone call"), null, transaction -> {
            present.bodies.run(transaction, deadlineNanos, body);
            transaction.requireUsable();
            return null;
        });
        if (ended.is(Ended.Kind.UNKNOWN)) {
            throw new OutcomeUnknownException(
                    null,
                    "DTX-3018 the commit of a standalone call on resource \"" + name
                            + "\" was not answered: look into the" + " database before it is repeated.",
                    ended.failure());
        }
        if (!ended.is(Ended.Kind.COMMITTED)) {
            throw ended.cause();
        }
    }

    @Override
    public long sweep(Duration retention, Collection<OpenSession> open, KnownTransactions known) {
        return verbs().sweeping.sweep(retention, open, known);
    }

    @Override
    public DataSource dataSource() {
        return guarded;
    }

    @Override
    public void close() {
        Verbs present = verbs;
        if (present != null) {
            present.watch.close();
        }
        if (unit != null) {
            unit.close();
        }
        verbs = null;
    }

    /** What it does, once it is started. */
    private static final class Verbs {

        final StartedResource resource;
        final StepWatch watch;
        final Bodies bodies;
        final SessionRows sessions;
        final ForwardSteps forward;
        final Settling settling;
        final Compensations compensations;
        final Sweeping sweeping;

        Verbs(JdbcResource owner, StartedResource resource) {
            this.resource = resource;
            watch = new StepWatch(resource.name());
            bodies = new Bodies(owner, watch);
            sessions = new SessionRows(resource);
            forward = new ForwardSteps(resource, sessions, bodies);
            settling = new Settling(resource, sessions);
            compensations = new Compensations(resource, sessions, settling, bodies);
            sweeping = new Sweeping(resource, sessions);
        }
    }
}
