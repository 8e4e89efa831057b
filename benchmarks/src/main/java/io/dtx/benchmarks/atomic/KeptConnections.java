package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.postgres.Effects;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/** Each caller keeps a connection to each database, and enlists what the driver gives by hand: no pool costs anything. */
final class KeptConnections implements Branches {

    private final TransactionManager manager;
    private final List<List<Line>> lines = new ArrayList<>();

    /** A caller's connection to a database. */
    private record Line(XAConnection physical, XAResource resource, Connection connection) {}

    KeptConnections(TransactionManager manager, Databases databases, int callers) throws SQLException {
        this.manager = manager;
        for (int caller = 0; caller < callers; caller++) {
            lines.add(List.of(line(databases, 0), line(databases, 1)));
        }
    }

    private static Line line(Databases databases, int branch) throws SQLException {
        XAConnection physical = databases.xa(branch).getXAConnection();
        return new Line(physical, physical.getXAResource(), physical.getConnection());
    }

    @Override
    public void add(int branch, int caller, int sequence) throws Exception {
        Line line = lines.get(caller).get(branch);
        manager.getTransaction().enlistResource(line.resource());
        Effects.add(line.connection(), caller, sequence);
    }

    @Override
    public void close() throws SQLException {
        for (List<Line> each : lines) {
            for (Line line : each) {
                line.physical().close();
            }
        }
        lines.clear();
    }
}
