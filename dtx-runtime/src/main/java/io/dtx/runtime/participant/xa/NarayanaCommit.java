package io.dtx.runtime.participant.xa;

import io.dtx.DtxException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.AtomicTransaction;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.JoinedWork;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.runtime.participant.TwoPhaseCommit;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.XaSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Two-phase commit by Narayana JTA over the registered resources. */
public final class NarayanaCommit implements TwoPhaseCommit {

    private final Map<String, RegisteredResource> resources = new LinkedHashMap<>();
    private volatile @Nullable Running running;

    private record Running(
            long cluster,
            OpenTransactions open,
            Recovery recovery,
            Caretaker caretaker,
            DecisionLog log,
            ThreadPoolExecutor workers) {}

    private NarayanaCommit() {}

    /**
     * Makes one without resources.
     *
     * @throws NoClassDefFoundError if Narayana or Agroal is not on the class path
     */
    public static TwoPhaseCommit create() {
        Narayana.requireClasses();
        return new NarayanaCommit();
    }

    @Override
    public Database add(String name, XADataSource source) {
        PooledResource resource = new PooledResource(name, source);
        resources.put(name, resource);
        return resource.database();
    }

    @Override
    public void add(String name, XaSource source) {
        resources.put(name, new HandleResource(name, source));
    }

    @Override
    public void add(String name, DtxParticipant<?> participant) {
        add(name, new ParticipantSource<>(participant));
    }

    @Override
    public Set<String> names() {
        return resources.keySet();
    }

    @Override
    public <T> @Nullable T as(String name, Class<T> type) {
        RegisteredResource resource = resources.get(name);
        return resource == null ? null : resource.as(type);
    }

    @Override
    public void connect(int poolMax, boolean h2Allowed) {
        new Greeting(h2Allowed).run(resources.values());
        resources.values().forEach(each -> each.connect(poolMax));
    }

    @Override
    public void start(Settings settings, DecisionLog log, Map<String, OnePhaseGuard> guards) {
        String node = BranchName.node(settings.cluster(), settings.session());
        if (!Narayana.take(this, node)) {
            throw new DtxException(
                    null,
                    "DTX-3517 another Dtx with XA resources is open in this JVM, and Narayana can serve one only:"
                            + " close that one first, or register all resources with one Dtx.",
                    null);
        }
        Collection<RegisteredResource> all = resources.values();
        new Probe(node).run(all);
        Stores stores = Stores.of(all, guards);
        Later wake = new Later();
        ThreadPoolExecutor workers = Together.workers();
        OpenTransactions open = new OpenTransactions(log, wake, new Hands(workers, settings.parallelMax()), stores);
        Narayana.use(new DecisionStore(log, open));
        all.forEach(each -> each.start(open, guards.get(each.name())));
        Recovery recovery =
                new Recovery(settings.cluster(), settings.session(), all, open, log, NarayanaCommit::scan, workers);
        Caretaker caretaker = new Caretaker(recovery, log, settings.recoveryIntervalMillis());
        wake.caretaker = caretaker;
        running = new Running(settings.cluster(), open, recovery, caretaker, log, workers);
        log.whenSessionsChange(caretaker::wake);
        caretaker.start();
    }

    private static void scan(Runnable task) {
        Thread thread = new Thread(task, "dtx-xa-scan");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void nextSession(long session) {
        Running present = running();
        Narayana.rename(this, BranchName.node(present.cluster(), session));
        present.recovery().nextSession(session);
    }

    @Override
    public AtomicTransaction begin(TransactionId id, long timeoutMillis) {
        return running().open().begin(id, timeoutMillis);
    }

    @Override
    public JoinedWork work() {
        return new OpenWork(() -> running().open());
    }

    @Override
    public Suspension suspend() {
        return running().open().suspend();
    }

    private Running running() {
        Running present = running;
        if (present == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return present;
    }

    @Override
    public void close() {
        Running present = running;
        try {
            if (present != null) {
                present.caretaker().close();
                present.log().flush();
                present.workers().shutdown();
            }
        } finally {
            resources.values().forEach(RegisteredResource::close);
            Narayana.giveBack(this);
        }
    }

    /** Breaks the circle: transactions wake the caretaker, which looks at transactions. */
    private static final class Later implements Runnable {
        private volatile @Nullable Caretaker caretaker;

        @Override
        public void run() {
            Caretaker present = caretaker;
            if (present != null) {
                present.wake();
            }
        }
    }
}
