package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.LoggedDecisions;
import io.dtx.runtime.log.file.FileLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that writes, rewrites and removes records in several threads until it is killed, and says what it was told. */
final class StoreWriter {

    static final String TYPE = "/StateManager/BasicAction/TwoPhaseCoordinator/AtomicAction";
    private static final int THREADS = 4;

    private final Coordinator coordinator;
    private final LoggedDecisions log;
    private final OpenTransactions open;
    private final ObjectStoreAPI store;
    private final AtomicInteger records = new AtomicInteger();

    /** Opens the store over the log in a directory, and takes Narayana. */
    StoreWriter(Path directory) {
        coordinator = new Coordinator(
                new FileLog(directory, 1 << 20, 1 << 20), new Limits(1 << 28, 1 << 26, 1 << 26, 1 << 24, 600_000));
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        String node =
                BranchName.node(coordinator.cluster(), coordinator.session().id());
        if (!Narayana.take(this, node)) {
            throw new IllegalStateException("somebody has Narayana");
        }
        log = new LoggedDecisions(coordinator);
        open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(Map.of()));
        store = new DecisionStore(log, open);
        Narayana.use(store);
    }

    /** Takes {@code directory=}. */
    public static void main(String[] arguments) {
        StoreWriter writer = new StoreWriter(
                Path.of(arguments[0].substring("directory=".length())).resolve("log"));
        for (int thread = 0; thread < THREADS; thread++) {
            new Thread(writer::work, "writer").start();
        }
    }

    ObjectStoreAPI store() {
        return store;
    }

    void close() {
        Narayana.giveBack(this);
        coordinator.close();
    }

    /** Every second record is written again; every fourth, of the others, is removed. */
    private void work() {
        try {
            for (int number = 0; ; number++) {
                OpenTransaction transaction = open.begin(coordinator.session().next(), 60_000);
                open.leave();
                Uid uid = new Uid(transaction.uid());
                write(uid, 1);
                say("WROTE " + uid.stringForm() + " 1");
                say("RECORDS " + records.incrementAndGet());
                if (number % 2 == 0) {
                    write(uid, 2);
                    say("WROTE " + uid.stringForm() + " 2");
                } else if (number % 4 == 1) {
                    say("REMOVES " + uid.stringForm() + " -");
                    store.remove_committed(uid, TYPE);
                    log.flush();
                    say("REMOVED " + uid.stringForm() + " -");
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Uid uid, int version) throws Exception {
        OutputObjectState state = new OutputObjectState(uid, TYPE);
        state.packBytes(content(version));
        if (!store.write_committed(uid, TYPE, state)) {
            throw new IllegalStateException("refused");
        }
    }

    static byte[] content(int version) {
        byte[] bytes = new byte[300 * version];
        Arrays.fill(bytes, (byte) version);
        return bytes;
    }

    private static synchronized void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
