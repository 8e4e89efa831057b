package io.dtx.runtime.coordinator;

import io.dtx.runtime.coordinator.DueTimes.Due;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Origin;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of the state, and how many present transactions and steps name each of them. */
final class SessionTable {

    private final Map<Long, Session> sessions = new HashMap<>();
    private final Map<Long, Long> idsByNonce = new HashMap<>();
    private final DueTimes<Long> unnamed = new DueTimes<>(); // ended and named by none, by the time of their end
    private long census;

    private static final class Session {
        SessionState state;
        int names;

        Session(SessionState state) {
            this.state = state;
        }
    }

    @Nullable
    SessionState get(long id) {
        Session session = sessions.get(id);
        return session == null ? null : session.state;
    }

    /** Returns the application of a session that is open or named by a present transaction; else nobody's. */
    String application(long id) {
        Session session = sessions.get(id);
        return session == null ? "" : session.state.application();
    }

    /** Returns the open ones, in no order. */
    List<SessionState> open() {
        List<SessionState> open = new ArrayList<>();
        for (Session session : sessions.values()) {
            if (session.state.isOpen()) {
                open.add(session.state);
            }
        }
        return open;
    }

    /** Returns a number that stands for the set of those that are open: while it stays, nobody has come or gone. */
    long census() {
        return census;
    }

    /** Returns all of them, in no order. */
    List<SessionState> all() {
        List<SessionState> all = new ArrayList<>(sessions.size());
        sessions.values().forEach(session -> all.add(session.state));
        return all;
    }

    /** Opens a session, unless its nonce is known. One opening fits into an entry: its index is the session's id. */
    Reply open(LogCommand.OpenSession command, Origin origin) {
        Long known = idsByNonce.get(command.nonce());
        if (known != null) {
            return Reply.session(Reply.Kind.ALREADY, known);
        }
        if (sessions.containsKey(origin.index())) {
            return Reply.rejected("second-opening", null);
        }
        add(SessionState.opened(command, origin));
        return Reply.session(Reply.Kind.ACCEPTED, origin.index());
    }

    /** Puts a session into the table that is not in it: a new one, or one from a snapshot. */
    void add(SessionState state) {
        sessions.put(state.id(), new Session(state));
        idsByNonce.put(state.nonce(), state.id());
        if (state.isOpen()) {
            census += scattered(state.id());
        } else {
            unnamed.add(new Due<>(state.endedAt(), state.id()));
        }
    }

    /** Replaces the state of a session that stays as open, or as ended, as it was. */
    void replace(SessionState state) {
        Session session = sessions.get(state.id());
        if (session != null) {
            session.state = state;
        }
    }

    void end(SessionState state, long time) {
        Session session = sessions.get(state.id());
        if (session != null) {
            census -= session.state.isOpen() ? scattered(state.id()) : 0;
            session.state = state.ended(time);
            if (session.names == 0) {
                unnamed.add(new Due<>(time, state.id()));
            }
        }
    }

    /** Spreads an id over 64 bits (the finalizer of SplitMix64), so that the sums of different sets differ. */
    private static long scattered(long id) {
        long bits = id * 0x9e3779b97f4a7c15L;
        bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return bits ^ bits >>> 31;
    }

    /** A session stays while a present transaction is its own or has a step that it ran. */
    void named(TransactionState tx) {
        named(tx.id().session());
        for (StepState step : tx.steps()) {
            namedByStep(tx, step.intent().executor());
        }
    }

    /** Counts a step of a transaction. */
    void namedByStep(TransactionState tx, long executor) {
        if (executor != tx.id().session()) {
            named(executor);
        }
    }

    /** Takes note that a final transaction has left the state, for good. */
    void departed(Departed tx) {
        Session owner = sessions.get(tx.id().session());
        if (owner != null) {
            owner.state = owner.state.withDeparted(tx.id().number());
        }
        unnamed(tx.id().session());
        if (tx.alone()) {
            return;
        }
        for (StepState step : tx.transaction().get().steps()) {
            if (step.intent().executor() != tx.id().session()) {
                unnamed(step.intent().executor());
            }
        }
    }

    private void named(long id) {
        Session session = sessions.get(id);
        if (session != null && session.names++ == 0 && !session.state.isOpen()) {
            unnamed.remove(new Due<>(session.state.endedAt(), id));
        }
    }

    private void unnamed(long id) {
        Session session = sessions.get(id);
        if (session != null && --session.names == 0 && !session.state.isOpen()) {
            unnamed.add(new Due<>(session.state.endedAt(), id));
        }
    }

    /** Removes the sessions that ended at this time or before and that nothing names. */
    void removeEndedUntil(long time) {
        for (Due<Long> first = unnamed.first(); first != null && first.time() <= time; first = unnamed.first()) {
            unnamed.remove(first);
            Session removed = sessions.remove(first.key());
            if (removed != null) {
                idsByNonce.remove(removed.state.nonce(), first.key());
            }
        }
    }

    /** Returns when the first session ended that nothing names; {@link Long#MAX_VALUE}: there is none. */
    long firstEnd() {
        return unnamed.firstTime();
    }
}
