package io.dtx.runtime.participant.guard.checker;

import io.dtx.FencedException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.GuardedResource.KnownTransactions;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.guard.JdbcResource;
import io.dtx.runtime.protocol.StepNumber;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One interleaving: a step of one transaction, what the actors did to it, and what the coordinator's state would know. The
 * verbs are what actors are made of.
 */
final class Run {

    static final long OWNER = 11;
    static final long CLAIMER = 12;
    static final long OTHER = 13;
    static final long LAST = 14;
    private static final long NUMBER = 1;

    private final World world;
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean neverRan;
    private volatile boolean ranForSure;
    private volatile boolean compensated;
    private volatile boolean resolved;
    private volatile long effectsAtResolve;
    private volatile boolean over;
    private volatile boolean restoring;
    private volatile boolean restored;
    private volatile long laterEffectsAtRestore;

    Run(World world) {
        this.world = world;
    }

    /** Makes the tables as they are before the run. */
    void prepare(boolean ownersRow) {
        world.execute("DELETE FROM dtx_guard", "DELETE FROM dtx_session", "DELETE FROM effect");
        StringBuilder rows = new StringBuilder();
        for (long session = ownersRow ? OWNER : CLAIMER; session <= LAST; session++) {
            rows.append(rows.isEmpty() ? "" : ", ")
                    .append("(" + World.CLUSTER + ", " + session + ", 'shop', 'node-1', 'A', 0)")
                    .append(", (" + World.RESTORED + ", " + session + ", 'shop', 'node-1', 'A', 0)");
        }
        world.execute("INSERT INTO dtx_session (cluster, session, application, node, state, low) VALUES " + rows);
    }

    private StepCall call(long session, int tryNumber) {
        return new StepCall(
                new TransactionId(World.CLUSTER, OWNER, NUMBER),
                StepNumber.of(1, tryNumber),
                "step",
                1,
                session,
                System.nanoTime() + TimeUnit.SECONDS.toNanos(20));
    }

    private static void write(JdbcResource resource, int tryNumber, char way) throws SQLException {
        try (Connection connection = resource.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO effect (step, way) VALUES (" + tryNumber + ", '" + way + "')");
        }
    }

    void openSession(long session) {
        try {
            world.resource.openSession(session);
        } catch (FencedException e) {
            heard.add("session refused");
        }
    }

    void forward(int tryNumber) {
        ForwardResult result = world.resource.forward(
                call(OWNER, tryNumber),
                () -> {
                    write(world.resource, tryNumber, 'D');
                    return new byte[] {(byte) tryNumber};
                },
                () -> {});
        heard.add("forward " + tryNumber + ' ' + result.kind());
        long effects = count(tryNumber, 'D');
        switch (result.kind()) {
            case COMMITTED, ALREADY ->
                expect(effects == 1, "a step answered " + result.kind() + " with effects: " + effects);
            case NO_EFFECT, FENCED ->
                expect(effects == 0, "a step answered " + result.kind() + " with effects: " + effects);
            case UNKNOWN -> heard.add(String.valueOf(result.failure()));
        }
    }

    /** Settles, and returns whether the step is known not to have run. */
    boolean settle(long session, int tryNumber) {
        try {
            Settlement settlement = world.resource.settle(call(session, tryNumber), OWNER);
            heard.add("settled " + tryNumber + ' ' + settlement.tookEffect());
            neverRan |= !settlement.tookEffect() && tryNumber == 1;
            ranForSure |= settlement.tookEffect() && tryNumber == 1;
            return !settlement.tookEffect();
        } catch (FencedException | ResourceUnavailableException e) {
            heard.add("not settled: " + e.getMessage());
            return false;
        }
    }

    void fence(long session) {
        try {
            world.resource.fence(session);
        } catch (ResourceUnavailableException e) {
            heard.add("not fenced");
        }
    }

    void compensate(long session) {
        compensate(world.resource, session);
    }

    private ActionResult.Kind compensate(JdbcResource resource, long session) {
        ActionResult result = resource.compensate(call(session, 1), OWNER, recorded -> {
            expect(recorded != null && recorded[0] == 1, "a compensation received another result than the step's");
            write(resource, 1, 'U');
        });
        heard.add("compensated by " + session + ": " + result.kind());
        if (result.kind() == ActionResult.Kind.COMPENSATED) {
            compensated = true;
        }
        return result.kind();
    }

    /** Compensates in a log that was restored from a backup of the other, whose processes may be alive; or parks. */
    void compensateRestored() {
        restoring = true;
        try {
            world.restored.fenceLog(World.CLUSTER);
            ActionResult.Kind kind = compensate(world.restored, OWNER);
            laterEffectsAtRestore = count(2, 'D');
            restored = kind == ActionResult.Kind.COMPENSATED || kind == ActionResult.Kind.PARK;
        } catch (ResourceUnavailableException e) {
            heard.add("lost log not fenced");
        }
    }

    /** Lets the log that was backed up be through with the transaction: it was committed there. */
    void end() {
        over = true;
    }

    /**
     * Settles and undoes in one transaction, which the product never does: what it reads after the conflict may be older than
     * the conflict.
     */
    void compensateInOneTransaction() throws SQLException {
        String key = "WHERE transaction_id = '" + call(CLAIMER, 1).transaction() + "' AND direction = ";
        try (Connection connection = world.resource.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            boolean undone = statement
                    .executeQuery("SELECT kind FROM dtx_guard " + key + "'U'")
                    .next();
            boolean ran = false;
            try {
                statement.executeUpdate(
                        "INSERT INTO dtx_guard SELECT '" + call(CLAIMER, 1).transaction() + "', "
                                + StepNumber.of(1, 1)
                                + ", 'D', 'T', 1, null, utc_timestamp(6), 0 FROM dtx_session WHERE session = "
                                + CLAIMER);
            } catch (SQLIntegrityConstraintViolationException e) {
                ran = statement
                        .executeQuery("SELECT kind FROM dtx_guard " + key + "'D' AND kind = 'E'")
                        .next();
            }
            if (ran && !undone) {
                statement.executeUpdate("INSERT INTO effect (step, way) VALUES (1, 'U')");
            }
            connection.commit();
            connection.setAutoCommit(true);
            compensated = true;
        }
    }

    /** Closes both directions and resolves, as an operator does. */
    void close(long session) {
        try {
            world.resource.close(call(session, 1), OWNER);
            effectsAtResolve = count(1, 'D') * 10 + count(1, 'U');
            resolved = true;
            heard.add("closed");
        } catch (FencedException | ResourceUnavailableException e) {
            heard.add("not closed: " + e.getMessage());
        }
    }

    /** Sweeps everything that the state has forgotten: a transaction leaves it as soon as it has ended. */
    void sweep(OpenSession... open) {
        boolean gone = compensated || resolved || over;
        try {
            long rows = world.resource.sweep(Duration.ZERO, List.of(open), new KnownTransactions() {
                @Override
                public boolean contains(TransactionId transaction) {
                    return !gone;
                }

                @Override
                public boolean couldBeOpen(long session) {
                    return false;
                }

                @Override
                public long lowest(long session) {
                    return gone || session != OWNER ? Long.MAX_VALUE : NUMBER;
                }
            });
            heard.add("swept " + rows);
        } catch (ResourceUnavailableException e) {
            heard.add("not swept");
        }
    }

    /** Lets the system come to rest: whatever is still open is compensated by somebody whom nobody disturbs. */
    void rest(boolean mustCompensate) {
        for (int i = 0; mustCompensate && !compensated && !resolved && i < 20; i++) {
            compensate(LAST);
        }
        expect(!mustCompensate || compensated || resolved, "nobody could compensate");
        for (int i = 0; restoring && !restored && i < 20; i++) {
            compensateRestored();
        }
        expect(!restoring || restored, "the restored log could neither compensate nor park");
    }

    /** Returns what is wrong at the end, empty if nothing is. */
    List<String> verdict() {
        long done = count(1, 'D');
        long again = count(2, 'D');
        long undone = count(1, 'U');
        expect(done <= 1 && again <= 1, "a step took effect twice");
        expect(done + again <= 1, "a step and its retry both took effect");
        expect(undone <= 1, "a compensation took effect twice");
        expect(undone <= done, "a compensation without an effect");
        expect(!compensated || undone == done, "told COMPENSATED, done " + done + ", undone " + undone);
        expect(!neverRan || done == 0, "settled as never run, but it took effect");
        expect(!ranForSure || done == 1, "settled as run, but there is no effect");
        expect(
                !restored || laterEffectsAtRestore == again,
                "a later step took effect after the restored log's undoing");
        expect(!resolved || effectsAtResolve == done * 10 + undone, "something took effect after the resolution");
        return broken;
    }

    private long count(int tryNumber, char way) {
        return world.number("SELECT count(*) FROM effect WHERE step = " + tryNumber + " AND way = '" + way + "'");
    }

    void expect(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    @Override
    public String toString() {
        return String.join(", ", heard);
    }
}
