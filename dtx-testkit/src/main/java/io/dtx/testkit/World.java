package io.dtx.testkit;

import io.dtx.runtime.log.MemoryLog;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ParticipantBean> beans = new ArrayList<>();
    private final List<Life> earlier = new ArrayList<>();
    private Life present;
    private boolean started;

    World(Map<String, String> config, Databases databases) {
        this.config = config;
        this.databases = databases;
        this.present = new Life(this, config, databases.sources());
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
            T bean = present.dtx().create(type, arguments);
            ParticipantBean bound = (ParticipantBean) bean;
            bound.dtxBind(this);
            beans.add(bound);
            return bean;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a resource of whichever life uses it. */
    <T> T resource(String name, Class<T> type) {
        present.dtx().resource(name, type); // refuses at once what is none
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
            if (!present.isAlive()) {
                earlier.add(present);
                present = new Life(this, config, databases.sources());
                for (ParticipantBean each : beans) {
                    present.dtx().register(each);
                    each.dtxBind(this);
                }
                started = false;
            }
            if (!started) {
                present.dtx().start();
                started = true;
            }
            return present;
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
            present.close();
            databases.close();
        } finally {
            lock.unlock();
        }
    }
}
