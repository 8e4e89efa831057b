package io.dtx.testkit;

import io.dtx.runtime.Dtx;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a process: log, databases, time, and the test's own beans, which each life of the application takes over. It
 * is also the gateway that those beans are bound to: a call belongs to the life that its thread is in, else to the present one,
 * which is started by it. Thread-safe.
 */
final class World implements StepGateway, AutoCloseable {

    private final Script script = new Script();
    private final VirtualClock clock = new VirtualClock();
    private final MemoryLog log = new MemoryLog(clock::nanos);
    private final Map<String, String> config;
    private final Databases databases;
    private final Map<String, String> units;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Made> made = new ArrayList<>();
    private final List<Life> earlier = new ArrayList<>();
    private @Nullable Life present;
    private @Nullable Callable<? extends AutoCloseable> boot;
    private boolean started;
    private boolean inContainer;

    /**
     * Makes one in which nothing has happened.
     *
     * @param units the persistence unit of each resource that has one
     */
    World(Map<String, String> config, Databases databases, Map<String, String> units) {
        this.config = config;
        this.databases = databases;
        this.units = Map.copyOf(units);
    }

    Script script() {
        return script;
    }

    VirtualClock clock() {
        return clock;
    }

    MemoryLog log() {
        return log;
    }

    Databases databases() {
        return databases;
    }

    <T> T create(Class<T> type, @Nullable Object... arguments) {
        lock.lock();
        try {
            Dtx dtx = unstarted().dtx();
            Made object = Made.of(type, arguments);
            object.register(dtx);
            object.bind(this);
            made.add(object);
            return type.cast(object.bean());
        } finally {
            lock.unlock();
        }
    }

    /** Returns a resource of whichever life uses it. */
    <T> T resource(String name, Class<T> type) {
        unstarted().dtx().resource(name, type); // refuses at once what is none
        return WatchedDatabase.proxy(type, (method, arguments) -> {
            Life here = Life.here();
            Life life = here == null ? living() : here;
            return WatchedDatabase.call(life.dtx().resource(name, type), method, arguments);
        });
    }

    /** Returns the present life, started; after the end of the one before it the next, which finishes what that one left. */
    Life living() {
        lock.lock();
        try {
            Life life = present;
            if (life == null || !life.isAlive()) {
                if (boot != null) {
                    boot(boot);
                    return living();
                }
                if (inContainer) {
                    throw new IllegalStateException(
                            "DTX-8512 the process has died, and the next one is a container that the"
                                    + " test kit cannot boot: let it boot the first one, too, by boot(...).");
                }
                life = unstarted();
                Dtx dtx = life.dtx();
                made.forEach(each -> each.register(dtx));
            }
            if (!started) {
                life.dtx().start();
                started = true;
            }
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the present life; a new one, that is not started, if there is none. */
    private Life unstarted() {
        lock.lock();
        try {
            Life life = present;
            if (life == null || !life.isAlive()) {
                Dtx.Builder builder = Dtx.builder();
                life = begin(builder, false);
                life.has(builder.build());
            }
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a life whose Dtx this builder makes: the test kit's own, or a container's, which starts it, too. */
    Life begin(Dtx.Builder builder, boolean startedByContainer) {
        lock.lock();
        try {
            Life before = present;
            if (before != null) {
                if (before.isAlive()) {
                    throw new IllegalStateException(
                            "DTX-8510 this test kit is in use already: one container at a time.");
                }
                earlier.add(before);
            }
            Life life = new Life(this);
            life.configure(builder, config, databases.sources(), units);
            present = life;
            started = startedByContainer;
            inContainer = startedByContainer;
            return life;
        } finally {
            lock.unlock();
        }
    }

    /** Boots a container, now and after each death of the process; its observer of Dtx.Builder has called {@link #begin}. */
    <C extends AutoCloseable> C boot(Callable<C> container) {
        lock.lock();
        try {
            boot = container;
            C booted = container.call();
            Life life = present;
            if (life == null || !life.isAlive()) {
                throw new IllegalStateException(
                        "DTX-8508 the container has not taken its Dtx from the test kit: let a bean"
                                + " of it observe Dtx.Builder, and call configure(builder).");
            }
            life.isIn(booted);
            return booted;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("DTX-8511 the container under test does not boot", e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether there has been a life. */
    boolean isStarted() {
        lock.lock();
        try {
            return started || !earlier.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private StepGateway gateway() {
        Life here = Life.here();
        return (here == null ? living() : here).dtx().gateway();
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        return gateway().<T, E>transaction(transaction, body);
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        return gateway().<T, E>step(step, arguments, body);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            try (Quiet ignored = Quiet.begin()) {
                earlier.forEach(Life::close); // the log does not listen to them
            }
            if (present != null) {
                present.close();
            }
            databases.close();
        } finally {
            made.forEach(each -> each.unbind(this));
            lock.unlock();
        }
    }
}
