package io.dtx.runtime.simulation;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.StepRetry;
import io.dtx.TransactionContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** A saga as a user writes it: steps at receivers outside, in the order and number that a {@link Trip} says. */
public class Trips {

    private final Receivers receivers;
    private final DataSource bank;
    private final Faults faults;

    Trips(Receivers receivers, DataSource bank, Faults faults) {
        this.receivers = receivers;
        this.bank = bank;
        this.faults = faults;
    }

    /** Books all legs, or none. */
    @DistributedTransaction(timeout = "2s")
    public int book(Trip trip, Told told) throws SQLException {
        return run(trip, told);
    }

    /** The same, with more time than anybody needs: only the end of a session ends it early. */
    @DistributedTransaction(timeout = "60s")
    public int bookPatiently(Trip trip, Told told) throws SQLException {
        return run(trip, told);
    }

    private int run(Trip trip, Told told) throws SQLException {
        told.begins(TransactionContext.current().id());
        receivers.begun(trip.number(), TransactionContext.current().id());
        for (Trip.Leg leg : trip.legs()) {
            try {
                book(trip, leg);
                told.finished(leg.number());
            } catch (RefusedException e) {
                if (!leg.caught()) {
                    throw e;
                }
                told.passedOver(leg.number());
            }
        }
        if (trip.fails()) {
            throw new IllegalArgumentException("the trip is off");
        }
        return trip.legs().size();
    }

    private void book(Trip trip, Trip.Leg leg) throws SQLException {
        switch (leg.kind()) {
            case RESERVE -> reserve(trip.number(), leg.number());
            case CHARGE -> charge(trip.number(), leg.number(), 100);
            case SHIP -> ship(trip.number(), leg.number());
            case TAKE -> take(trip.number(), leg.number());
            case PAY -> pay(trip.number(), leg.number());
        }
    }

    /** Reserves. */
    @SagaStep(compensate = "release", noEffectOn = RefusedException.class)
    public long reserve(int trip, int leg) {
        return receivers.perform(trip, leg, StepContext.current());
    }

    void release(int trip, int leg, @StepResult Optional<Long> reservation, StepContext step) {
        receivers.undo(trip, leg, reservation.orElse(-1L), step);
    }

    /** Charges. */
    @SagaStep(
            compensate = "refund",
            timeout = "400ms",
            noEffectOn = RefusedException.class,
            retry = @StepRetry(maxAttempts = 3, delay = "20ms"))
    public long charge(int trip, int leg, int amount) {
        return receivers.perform(trip, leg, StepContext.current());
    }

    void refund(int trip, int leg, int amount, StepContext step) {
        receivers.undo(trip, leg, -1L, step);
    }

    /** Ships; to recall it is tried twice only, before an operator is asked. */
    @SagaStep(
            compensate = "recall",
            noEffectOn = RefusedException.class,
            compensationRetry = @StepRetry(maxAttempts = 2, delay = "100ms"))
    public void ship(int trip, int leg) {
        receivers.perform(trip, leg, StepContext.current());
    }

    void recall(int trip, int leg, StepContext step) {
        receivers.undo(trip, leg, -1L, step);
    }

    /** Takes, guarded. */
    @SagaStep(compensate = "putBack", resource = "bank")
    public long take(int trip, int leg) throws SQLException {
        return update(Sql.DO, trip, leg);
    }

    void putBack(int trip, int leg, @StepResult long taken) throws SQLException {
        if (taken != 1) {
            throw new IllegalStateException("the result of taking was 1, and is " + taken);
        }
        receivers.undoes(trip);
        update(Sql.UNDO, trip, leg);
    }

    /** Pays, guarded. */
    @SagaStep(compensate = "payBack", resource = "bank", retry = @StepRetry(maxAttempts = 3, delay = "20ms"))
    public void pay(int trip, int leg) throws SQLException {
        try {
            update(Sql.DO, trip, leg);
        } catch (SQLException e) {
            if (!"40001".equals(e.getSQLState())) { // careless: the deadlock has undone what was done before
                throw e;
            }
        }
    }

    void payBack(int trip, int leg) throws SQLException {
        receivers.undoes(trip);
        update(Sql.UNDO, trip, leg);
    }

    private long update(String sql, int trip, int leg) throws SQLException {
        try (Connection connection = bank.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, trip);
            statement.setInt(2, leg);
            int rows = statement.executeUpdate();
            if (sql.equals(Sql.DO) && faults.strikes(FaultKind.REFUSED)) {
                throw new RefusedException("refused by the bank's rules");
            }
            return rows;
        }
    }
}
