package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongPredicate;

/** Decisions that are forgotten with the test. */
final class MemoryDecisions implements DecisionLog {

    private final Map<TransactionId, Decision> decisions = new ConcurrentHashMap<>();
    private final Map<Payload, byte[]> records = new ConcurrentHashMap<>();
    private final Set<TransactionId> committed = ConcurrentHashMap.newKeySet();
    private final Set<Long> openSessions = ConcurrentHashMap.newKeySet();
    final List<String> heuristics = new CopyOnWriteArrayList<>();
    boolean refusing; // heuristic outcomes
    boolean failing; // once, at a heuristic outcome
    boolean silent; // about decisions
    String unreadable = ""; // the uid of a decision
    final CountDownLatch flushed = new CountDownLatch(1);
    private Runnable afterRecord = () -> {};

    /** Has something happen when a decision is durable, and nobody knows it yet. */
    void afterRecord(Runnable action) {
        afterRecord = action;
    }

    void sessionOpens(long session) {
        openSessions.add(session);
    }

    @Override
    public boolean record(TransactionId transaction, String uid, int version, byte[] bytes) {
        Payload place = new Payload(records.size() + 1, 0);
        records.put(place, bytes);
        decisions.put(transaction, new Decision(transaction, uid, version, place));
        committed.add(transaction);
        afterRecord.run();
        return true;
    }

    @Override
    public boolean recordHeuristic(TransactionId transaction, String resource, Heuristic ending, String reason) {
        if (failing) {
            failing = false;
            throw new IllegalStateException("the log fails");
        }
        heuristics.add(transaction + " " + resource + " " + ending);
        return !refusing;
    }

    @Override
    public void forget(TransactionId transaction) {
        decisions.remove(transaction);
    }

    @Override
    public void flush() {
        flushed.countDown();
    }

    @Override
    public List<Decision> decisions() {
        if (silent) {
            throw new IllegalStateException("the log does not answer");
        }
        return new ArrayList<>(decisions.values());
    }

    @Override
    public boolean isCommitted(TransactionId transaction) {
        return committed.contains(transaction);
    }

    @Override
    public byte[] read(Decision decision) {
        if (decision.uid().equals(unreadable)) {
            throw new IllegalArgumentException("the log does not hold it");
        }
        return records.get(decision.bytes());
    }

    @Override
    public LongPredicate openSessions() {
        Set<Long> now = Set.copyOf(openSessions);
        return now::contains;
    }

    @Override
    public void whenSessionsChange(Runnable wake) {}
}
