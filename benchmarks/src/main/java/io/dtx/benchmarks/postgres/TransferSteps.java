package io.dtx.benchmarks.postgres;

import io.dtx.SagaStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** LOCAL_TX steps, each in a database of its own. */
public class TransferSteps {

    static final List<String> RESOURCES = List.of("first", "second", "third");

    private final List<DataSource> databases;

    /** Works on these guarded databases. */
    public TransferSteps(List<DataSource> databases) {
        this.databases = databases;
    }

    /** The first step. */
    @SagaStep(compensate = "undoFirst", resource = "first")
    public long first(int caller, int sequence) throws SQLException {
        return add(0, caller, sequence);
    }

    void undoFirst(int caller, int sequence) throws SQLException {
        remove(0, caller, sequence);
    }

    /** The second step. */
    @SagaStep(compensate = "undoSecond", resource = "second")
    public long second(int caller, int sequence) throws SQLException {
        return add(1, caller, sequence);
    }

    void undoSecond(int caller, int sequence) throws SQLException {
        remove(1, caller, sequence);
    }

    /** The third step. */
    @SagaStep(compensate = "undoThird", resource = "third")
    public long third(int caller, int sequence) throws SQLException {
        return add(2, caller, sequence);
    }

    void undoThird(int caller, int sequence) throws SQLException {
        remove(2, caller, sequence);
    }

    private long add(int database, int caller, int sequence) throws SQLException {
        try (Connection connection = databases.get(database).getConnection()) {
            Effects.add(connection, caller, sequence);
        }
        return sequence;
    }

    private void remove(int database, int caller, int sequence) throws SQLException {
        try (Connection connection = databases.get(database).getConnection()) {
            Effects.remove(connection, caller, sequence);
        }
    }
}
