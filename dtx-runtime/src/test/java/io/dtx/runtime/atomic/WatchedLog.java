package io.dtx.runtime.atomic;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A log that remembers which commands each append held, and lets a test step between. */
public class WatchedLog extends ForwardingLog {

    /** What happens around an append. */
    interface Step {
        void pass(String commands) throws Exception;
    }

    private static final long APART = 1L << 40;

    private final List<String> appends = new CopyOnWriteArrayList<>();
    private volatile long session;
    private volatile boolean fencesNext;
    private volatile long apart; // how much the index of a later entry is greater here than in the log behind
    private volatile Step before = commands -> {};
    private volatile Step after = commands -> {};

    /** Watches a log. */
    public WatchedLog(CoordinatorLog log) {
        super(log);
    }

    /** Returns the kinds of the commands, one line for each append that held any. */
    List<String> appends() {
        return appends;
    }

    void before(Step step) {
        before = step;
    }

    void after(Step step) {
        after = step;
    }

    @Override
    public void start(Replica replica) {
        log.start(new ApartReplica(replica));
    }

    @Override
    public byte[] read(Payload payload) {
        return log.read(
                new Payload(payload.index() < APART ? payload.index() : payload.index() - APART, payload.ordinal()));
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        String commands = batches.stream()
                .flatMap(each -> each.commands().stream())
                .map(LogCommand::kind)
                .map(Enum::name)
                .collect(Collectors.joining(" "));
        batches.stream()
                .mapToLong(SessionBatch::session)
                .filter(each -> each != 0)
                .forEach(each -> session = each);
        pass(before, commands);
        if (fencesNext) {
            fencesNext = false;
            fence();
            apart = APART;
        }
        long added = apart;
        CompletableFuture<Long> appended = log.append(batches).thenApply(index -> index + added);
        appended.join();
        if (!commands.isEmpty()) {
            appends.add(commands);
        }
        pass(after, commands);
        return appended;
    }

    /** Ends the session that appended last. */
    public void fence() {
        LogCommand expire = new LogCommand.ExpireSession(session);
        log.append(List.of(new SessionBatch(0, 0, 0, List.of(expire)))).join();
    }

    /**
     * Ends the session that appended last, as others have done in a copy of this log; it is told with its next entry. The two
     * logs go on without each other, and must not open two sessions of one number: later entries of this one are numbered as if
     * very many had come between.
     */
    void fenceApart() {
        fencesNext = true;
    }

    private static void pass(Step step, String commands) {
        try {
            step.pass(commands);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gets to know entries by the numbers that they have here. */
    private final class ApartReplica implements Replica {

        private final Replica replica;

        ApartReplica(Replica replica) {
            this.replica = replica;
        }

        @Override
        public void onCommitted(LogEntry entry) {
            replica.onCommitted(new LogEntry(
                    entry.index() + apart, entry.term(), entry.time(), entry.wallClock(), entry.batches()));
        }

        @Override
        public void restore(Snapshot snapshot) {
            replica.restore(snapshot);
        }

        @Override
        public Snapshot snapshot() {
            return replica.snapshot();
        }

        @Override
        public void onLeader(long term) {
            replica.onLeader(term);
        }

        @Override
        public void onFollower() {
            replica.onFollower();
        }

        @Override
        public void onFailed(Throwable cause) {
            replica.onFailed(cause);
        }
    }
}
