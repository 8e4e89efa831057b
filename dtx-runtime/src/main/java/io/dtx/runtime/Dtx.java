package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.Propagation;
import io.dtx.Recovery;
import io.dtx.TransactionMode;
import io.dtx.runtime.invoke.CarryingExecutor;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.spi.BeanSource;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.LocalTransactions;
import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import io.dtx.spi.XaSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * The entrance to dtx: one per application and log directory.
 *
 * <pre>{@code
 * try (Dtx dtx = Dtx.builder().resource("stock", stockDataSource).build()) {
 *     StockService stock = dtx.create(StockService.class, dtx.resource("stock"));
 *     OrderService orders = dtx.create(OrderService.class, stock);
 *     dtx.start();
 *     orders.place(order);
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@link #start} finishes what an earlier process left; until then every annotated call is refused.
 */
public final class Dtx implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile(
            "[^\\p{Cntrl}\\p{Z}\"\\\\]([^\\p{Cc}\\p{Zl}\\p{Zp}\"\\\\]{0,98}[^\\p{Cc}\\p{Z}\"\\\\])?"); // as DTX-P002

    private final DtxConfig config;
    private final LateGateway gateway = new LateGateway();
    private final Registry registry;
    private final RegisteredBeans registered = new RegisteredBeans();
    private final @Nullable Rig rig;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Engine engine; // closing waits under the lock for those who ask it
    private boolean closed;

    private Dtx(DtxConfig config, Registry registry, @Nullable Rig rig) {
        this.config = config;
        this.registry = registry;
        this.rig = rig;
        registry.woven().from(this::rigged);
    }

    /** Begins the configuration of a Dtx. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes an object of an annotated class whose calls, also those to itself, are woven, and registers it for compensations.
     * Before {@link #start}. A log knows the class of a step and not its object, so that compensations are called on the object
     * of the class that was made or registered last.
     *
     * @param arguments for the constructor that fits best
     * @throws DtxException if the processor did not run, or what weaves the class; if no constructor fits, or a name is used
     *     twice
     */
    public <T> T create(Class<T> type, @Nullable Object... arguments) {
        Object bean = Beans.construct(Generated.wovenFor(type), arguments);
        register(bean);
        return type.cast(bean);
    }

    /**
     * Registers an object of a generated class, or of one whose bytecode is woven, that the application has made itself.
     * Before {@link #start}. Compensations of the class are called on it, also those of steps of other objects, until another
     * one is registered.
     *
     * @throws DtxException if the object's class is not woven, or a name is used twice
     */
    public void register(Object bean) {
        if (bean instanceof ParticipantBean generated) {
            generated.dtxBind(gateway);
            register(bean.getClass(), call -> call.on(bean), bean);
        } else {
            Class<?> type = Generated.wovenClassOf(bean);
            Participant participant =
                    Generated.participant(type); // an object that nobody wove has a message of its own
            whileNotStarted(type, () -> {
                registry.woven().add(type, rigged(call -> call.on(bean)));
                registered.note(participant, bean);
            });
        }
    }

    /**
     * Registers a class whose objects a container makes: a generated one or one whose bytecode is woven, bound to
     * {@link #gateway()} by the container, or one whose calls the container intercepts. Before {@link #start}.
     *
     * @param beans where an object comes from when a compensation is due
     */
    public void register(Class<?> type, BeanSource beans) {
        register(type, beans, beans);
    }

    /**
     * Returns what was generated for a class that can be {@linkplain #register(Class, BeanSource) registered}: its steps and
     * transactions, and where its own calls enter; for containers. It is found in named modules that provide it, too.
     *
     * @throws DtxException if nothing was, or nothing has woven the class
     */
    public static Participant participantOf(Class<?> type) {
        return Generated.participant(type);
    }

    private void register(Class<?> type, BeanSource beans, Object from) {
        whileNotStarted(type, () -> {
            Participant participant = Generated.participant(type);
            registry.participants().register(participant, rigged(beans));
            registered.note(participant, from);
        });
    }

    private BeanSource rigged(BeanSource beans) {
        return rig == null ? beans : rig.beans(beans);
    }

    private void whileNotStarted(Class<?> type, Runnable registration) {
        lock.lock();
        try {
            if (engine != null) {
                throw new DtxException(
                        null,
                        "DTX-1013 " + type.getName()
                                + " was registered after start(): recovery needs all of them before.",
                        null);
            }
            registration.run();
        } finally {
            lock.unlock();
        }
    }

    /** Returns where annotated calls enter; for containers that bind generated beans. */
    public StepGateway gateway() {
        return gateway;
    }

    /**
     * Opens the log and a session, checks the resources, and begins to finish what an earlier process left. A second call does
     * nothing.
     *
     * @throws DtxException if a resource is missing or does not answer, the log is damaged or in use, or the configuration is
     *     wrong; the message says what to do, and nothing is left half open
     */
    public void start() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("DTX-1014 this Dtx is closed: build a new one.");
            }
            if (engine == null) {
                ApiCopies.refuseTwo();
                registry.woven().bind(gateway);
                try {
                    engine = Engine.start(config, registry, rig);
                } catch (RuntimeException | Error e) {
                    registry.woven().unbind(gateway);
                    throw e;
                }
                gateway.open(rig == null ? engine.gateway() : rig.entrance(engine.gateway()));
                if (rig != null) {
                    rig.started(this);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the data source of a resource: inside a step the step's own connection, inside an ATOMIC transaction, for an XA
     * resource, the transaction's, outside of both a plain one.
     */
    public DataSource resource(String name) {
        return resource(name, DataSource.class);
    }

    /**
     * Returns a resource as one of the types it can be used as.
     *
     * @param type {@link DataSource}, {@code jakarta.persistence.EntityManager} for one with a persistence unit, or an
     *     interface of the handles of an {@link XaSource} or {@link DtxParticipant}
     * @throws DtxException if there is no such resource, or it is not of that type
     */
    public <T> T resource(String name, Class<T> type) {
        return registry.resource(name, type);
    }

    /**
     * Runs an orchestration that has no class of its own, as a BACKWARD saga.
     *
     * @param name the transaction's name in the log: 1 to 100 visible characters without quotes and backslashes
     * @throws IllegalArgumentException if the name is none
     */
    public <T extends @Nullable Object> T call(String name, Callable<T> orchestration) throws Exception {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "DTX-2036 \"" + Text.line(name) + "\" is no name of a transaction: use 1 to 100"
                            + " visible characters without quotes and backslashes.");
        }
        TransactionDescriptor saga = new TransactionDescriptor(
                name, TransactionMode.SAGA, Propagation.REQUIRED, Recovery.BACKWARD, 0, List.of());
        return gateway.<T, Exception>transaction(saga, orchestration::call);
    }

    /**
     * Returns an executor whose tasks are in the saga of the thread that hands them over, as if they were called there: their
     * steps are steps of that saga, and a method that they call joins it.
     *
     * <p>The steps of one saga take turns, also on several threads, and are undone in the reverse order in which they started;
     * what tasks do outside of steps runs in parallel. A saga whose method has returned waits until its tasks have ended,
     * before it commits. When its time is over first, it rolls back. A saga whose method has thrown rolls back at once: it waits for
     * the step that is running, and tasks that still run get a {@link DtxException} from their next step. What a task throws
     * rolls nothing back by itself: get it from its future.
     *
     * <p>Tasks that are handed over outside of a transaction run outside of one. Handing over is refused with a
     * {@link DtxException} in a step and in an ATOMIC transaction, whose connections belong to their thread. A thread gets its
     * own transaction back after the task.
     *
     * @param executor runs the tasks, be it on virtual threads; one that drops tasks without a word keeps their saga from
     *     committing
     */
    public static Executor propagating(Executor executor) {
        return CarryingExecutor.over(executor);
    }

    /**
     * Returns an executor service whose tasks are in the saga of the thread that hands them over, as
     * {@link #propagating(Executor)} says. It is shut down with this one, and tasks that this one hands back are in
     * no transaction. A scheduled pool and a fork-join pool hand back wrappers of their own, or nothing: sagas that wait for tasks
     * which such a pool dropped wait until their time is over, and roll back. Let sagas end before it is shut down.
     */
    public static ExecutorService propagating(ExecutorService executor) {
        return CarryingExecutor.over(executor);
    }

    /**
     * Returns what an operator sees and does.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public Transactions transactions() {
        Engine running = engine;
        if (running == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return running.transactions();
    }

    /**
     * Refuses new transactions, waits for those that run and for compensations, altogether at most {@code dtx.close.wait}, then
     * closes session, resources and log. What is still open is finished after the next start. A second call does nothing.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            gateway.close();
            if (engine != null) {
                engine.close();
            } else {
                registry.close();
            }
        } finally {
            registry.woven().unbind(gateway);
            lock.unlock();
        }
    }

    /** Collects configuration and resources. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> values = new LinkedHashMap<>();
        private final Registry registry = new Registry();
        private @Nullable Rig rig;

        private Builder() {}

        /** Sets a configuration key; wins over every other source. */
        public Builder config(String key, String value) {
            values.put(key, value);
            return this;
        }

        /**
         * Registers a resource: the database behind a pool of connections. Each running step and compensation takes one.
         *
         * @throws DtxException if the name is taken
         */
        public Builder resource(String name, DataSource dataSource) {
            registry.add(JdbcResource.of(name, dataSource));
            return this;
        }

        /**
         * Registers a resource whose local transactions the application begins and commits in its own way.
         *
         * @throws DtxException if the name is taken
         */
        public Builder resource(String name, LocalTransactions transactions) {
            registry.add(JdbcResource.of(name, transactions));
            return this;
        }

        /**
         * Registers a database for ATOMIC transactions and for saga steps. It gets a pool of its own, of
         * {@code dtx.xa.pool.max} connections, and the guard tables. Needs the dependency {@code io.dtx:dtx-atomic}.
         *
         * @param xaDataSource must lead to the same database after every start: what is in doubt there is ended through it
         * @throws DtxException if the name is taken, or Narayana is not on the class path
         */
        public Builder xaResource(String name, XADataSource xaDataSource) {
            registry.add(name, xaDataSource);
            return this;
        }

        /**
         * Registers a resource manager that is no data source for ATOMIC transactions. Business code works with
         * {@code dtx.resource(name, type)}, where the type is an interface of the source's handles. Needs the dependency
         * {@code io.dtx:dtx-atomic}.
         *
         * @throws DtxException if the name is taken, or Narayana is not on the class path
         */
        public Builder xaResource(String name, XaSource source) {
            registry.add(name, source);
            return this;
        }

        /**
         * Registers what speaks no XA for ATOMIC transactions. Business code works with {@code dtx.resource(name, type)}, where
         * the type is an interface of the participant's handles. Needs the dependency {@code io.dtx:dtx-atomic}.
         *
         * @param name the same in every process that has this participant, and in no other
         * @throws DtxException if the name is taken, or Narayana is not on the class path
         */
        public Builder participant(String name, DtxParticipant<?> participant) {
            registry.add(name, participant);
            return this;
        }

        /**
         * Gives a resource a persistence unit of {@code META-INF/persistence.xml}: steps of the resource, and ATOMIC transactions
         * if it is an XA resource, then work with an entity manager on their own connection. Needs Jakarta Persistence and Hibernate ORM on the class path.
         *
         * @throws DtxException if there is no such resource, or it is no data source
         */
        public Builder persistenceUnit(String resource, String unit) {
            registry.persistenceUnit(resource, unit);
            return this;
        }

        /** Puts the Dtx on a test's log and clock, with a look at every call; for test kits. */
        public Builder rig(Rig rig) {
            this.rig = rig;
            return this;
        }

        /**
         * Names classes with woven bytecode whose objects the application makes with {@code new}, and which have no
         * compensations: from the start to the end their calls enter this Dtx, and no other one.
         *
         * @throws DtxException if a class is not woven, or has a compensation, or a name is used twice
         */
        public Builder woven(Class<?>... types) {
            for (Class<?> each : types) {
                registry.woven().add(each);
            }
            return this;
        }

        /**
         * Names a class with woven bytecode whose objects the application makes with {@code new}.
         *
         * @param beans where an object comes from when a compensation is due, perhaps of a step that ran before a restart
         * @throws DtxException if the class is not woven, or a name is used twice
         */
        public Builder woven(Class<?> type, BeanSource beans) {
            registry.woven().add(type, beans);
            return this;
        }

        /** Checks the configuration. Nothing is opened before {@link Dtx#start}. */
        public Dtx build() {
            return new Dtx(DtxConfig.read(values), registry, rig);
        }
    }
}
