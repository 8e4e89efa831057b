package io.dtx.runtime.participant.xa;

import io.dtx.spi.XaSource.XaConnection;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A connection to a database that no pool knows of, for the probe and for what is in doubt. */
record JdbcConnection(XAConnection connection, XAResource resource) implements XaConnection {

    static JdbcConnection open(XADataSource source) throws SQLException {
        XAConnection connection = source.getXAConnection();
        if (connection == null || connection.getXAResource() == null) {
            throw new SQLException("the data source returns no XA connection: "
                    + source.getClass().getName());
        }
        XAConnection ours = PostgresConnection.of(connection);
        return new JdbcConnection(ours, ours.getXAResource());
    }

    /** Returns whether this leads to H2. */
    static boolean isH2(XaConnection connection) throws SQLException {
        if (!(connection instanceof JdbcConnection jdbc)) {
            return false;
        }
        try (Connection plain = jdbc.connection().getConnection()) {
            return plain.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    @Override
    public Object handle() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
