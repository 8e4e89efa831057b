package io.dtx.runtime.participant.guard;

import io.dtx.FencedException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.guard.GuardRow.Direction;
import io.dtx.runtime.participant.guard.SessionRows.SessionRow;
import io.dtx.runtime.participant.guard.StartedResource.RecordedStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * The guard rows of branches that commit in one phase: steps of number 0. They lock their session's row, so that a fence and such
 * a branch exclude each other.
 */
final class OnePhaseRows implements OnePhaseGuard {

    private static final long STEP = 0;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final StartedResource resource;
    private final StartedResource fresh;
    private final SessionRows sessions;

    /**
     * Guards them.
     *
     * @param fresh the same resource on connections that no pool and no transaction knows, for one that is in the midst of its
     *     commit
     */
    OnePhaseRows(StartedResource resource, StartedResource fresh, SessionRows sessions) {
        this.resource = resource;
        this.fresh = fresh;
        this.sessions = sessions;
    }

    @Override
    public String databaseId() {
        return resource.databaseId();
    }

    @Override
    public void adopt(Connection connection, long session) throws SQLException {
        resource.dialect().adopt(connection, resource.tag(session));
    }

    @Override
    public boolean write(Connection branch, TransactionId transaction) throws SQLException {
        if (branch.isReadOnly()) {
            return false;
        }
        GuardRow row = GuardRow.effect(resource, call(transaction, 0), Direction.DO, null);
        try (PreparedStatement statement =
                branch.prepareStatement(resource.dialect().insertOnePhase())) {
            row.bind(statement);
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (resource.dialect().classify(e) == SqlFailure.NOT_ALLOWED) {
                throw new FencedException(
                        transaction,
                        "DTX-3015 " + transaction + " took no effect on resource \"" + resource.name() + "\": session "
                                + transaction.session() + " was ended.",
                        e);
            }
            throw e;
        }
    }

    @Override
    public boolean settle(TransactionId transaction) {
        StepCall call = call(transaction, System.nanoTime() + PATIENCE_NANOS);
        try {
            return new Settling(fresh, new SessionRows(fresh))
                    .close(call, Direction.DO, transaction.session())
                    .tookEffect();
        } catch (FencedException e) {
            // The fence waited for every branch that had its row: what has committed is there to be seen.
            RecordedStep row = fresh.find(call, Direction.DO);
            return row != null && row.tookEffect();
        }
    }

    @Override
    public void fenceEnded(LongPredicate isOpen) {
        for (SessionRow each : sessions.all()) {
            if (each.active() && !isOpen.test(each.session())) {
                sessions.fence(each.session());
            }
        }
    }

    private static StepCall call(TransactionId transaction, long deadlineNanos) {
        return new StepCall(transaction, STEP, "commit", 1, transaction.session(), deadlineNanos);
    }
}
