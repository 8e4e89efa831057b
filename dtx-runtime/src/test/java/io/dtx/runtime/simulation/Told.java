package io.dtx.runtime.simulation;

import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionId;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the caller of one trip was told. */
final class Told {

    enum Answer {
        /** Nothing: its process died, or it waits. */
        NOTHING,
        RETURNED,
        THROWN,
        UNKNOWN
    }

    final Trip trip;

    /** Who has to serve it; null: anybody. */
    final @Nullable String node;

    final Set<Integer> finished = new TreeSet<>();
    private final Set<Integer> passedOver = new TreeSet<>();

    @Nullable
    TransactionId id;

    Answer answer = Answer.NOTHING;
    String how = "";

    Told(Trip trip, @Nullable String node) {
        this.trip = trip;
        this.node = node;
    }

    boolean isFor(String process) {
        return node == null || node.equals(process);
    }

    void begins(TransactionId id) {
        this.id = id;
    }

    void finished(int leg) {
        finished.add(leg);
    }

    void passedOver(int leg) {
        passedOver.add(leg);
    }

    /** Returns whether the method has come to its end, and wants what it has done. */
    boolean isDone() {
        return !trip.fails()
                && finished.size() + passedOver.size() == trip.legs().size();
    }

    void returned() {
        answer = Answer.RETURNED;
    }

    void threw(Exception failure) {
        answer = failure instanceof OutcomeUnknownException ? Answer.UNKNOWN : Answer.THROWN;
        how = failure.toString();
    }

    @Override
    public String toString() {
        return "trip " + trip.number() + " (" + id + ") " + answer + ' ' + how + " finished " + finished + " of "
                + trip.legs();
    }
}
