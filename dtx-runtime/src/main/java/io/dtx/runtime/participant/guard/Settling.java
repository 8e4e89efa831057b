package io.dtx.runtime.participant.guard;

import io.dtx.FencedException;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.guard.GuardRow.Direction;
import io.dtx.runtime.participant.guard.StartedResource.RecordedStep;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes doubt end: a guard row of a step is there, or a tombstone takes its place. Each attempt is a transaction of its own. */
final class Settling {

    private final StartedResource resource;
    private final SessionRows sessions;
    private final Blockers blockers;

    Settling(StartedResource resource, SessionRows sessions) {
        this.resource = resource;
        this.sessions = sessions;
        this.blockers = new Blockers(resource);
    }

    Settlement settle(StepCall call, long ownerSession) {
        RecordedStep row = close(call, Direction.DO, ownerSession);
        return new Settlement(row.tookEffect(), row.result());
    }

    /** Closes both directions for good: nothing of the step can take effect later. */
    void close(StepCall call, long ownerSession) {
        try {
            close(call, Direction.DO, ownerSession);
            close(call, Direction.UNDO, ownerSession);
        } catch (FencedException e) {
            if (!sessions.isOver(call)) { // what is over is closed
                throw e;
            }
        }
    }

    /** Returns the row of this direction, a tombstone that it inserts if there is none. */
    RecordedStep close(StepCall call, Direction direction, long ownerSession) {
        GuardRow tombstone = GuardRow.tombstone(resource, call, direction);
        Patience patience = new Patience(call.deadlineNanos());
        Throwable failure;
        do {
            try {
                RecordedStep row = resource.find(call, direction);
                if (row != null) {
                    return row;
                }
                Ended ended = resource.own("settle", transaction -> tombstone);
                if (ended.is(Ended.Kind.COMMITTED)) {
                    return new RecordedStep(GuardRow.Kind.TOMBSTONE, null);
                }
                if (ended.is(Ended.Kind.NOT_ALLOWED)) {
                    if (!sessions.allows(call)) {
                        throw fenced(call);
                    }
                    resource.source().levelChanged();
                }
                failure = ended.failure();
                if (ended.is(Ended.Kind.ROLLED_BACK)) {
                    endBlockers(tombstone, call, ownerSession);
                }
            } catch (ResourceUnavailableException e) {
                failure = e;
            }
        } while (patience.pause());
        throw unsettled(call, failure);
    }

    private void endBlockers(GuardRow tombstone, StepCall call, long ownerSession) {
        blockers.endHolder(tombstone);
        if (ownerSession != call.session()) { // its own transactions are not the settler's to end: some are at work
            blockers.endTransactions(SessionTag.of(call.transaction().cluster(), ownerSession));
        }
    }

    /** Explains a guard row that was refused although its session is open. */
    static SQLException otherLevel(Use use, @Nullable Throwable failure) {
        return new SQLException(
                "DTX-3025 " + use
                        + " ran at another isolation level than its data source had at the start, and was rolled"
                        + " back. The level is noted now: try again.",
                "40001",
                failure);
    }

    private FencedException fenced(StepCall call) {
        return new FencedException(
                call.transaction(),
                "DTX-3015 session " + call.session() + " may not settle " + Use.step(resource.name(), call)
                        + ": the session was ended, or the transaction is no longer known.",
                null);
    }

    private ResourceUnavailableException unsettled(StepCall call, @Nullable Throwable failure) {
        return new ResourceUnavailableException(
                "DTX-3017 " + Use.step(resource.name(), call) + " could not be settled in time: " + Text.of(failure)
                        + ". It is tried again; if a transaction of "
                        + SessionTag.of(
                                        call.transaction().cluster(),
                                        call.transaction().session())
                                .text()
                        + " stands in the way, end its connection.",
                failure);
    }
}
