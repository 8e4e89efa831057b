package io.dtx.runtime.participant.xa;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A branch of PostgreSQL that begins with its first statement. Since 42.7.13 the driver sends BEGIN by itself when a branch starts
 * and waits for the answer: one of the four times that a branch waits. Here the connection commits nothing by itself while the
 * branch is open, so that the driver sends BEGIN along with the first statement.
 *
 * <p>What is prepared has the name that the driver gives it, and is listed and ended by the driver. Calls in a wrong order are
 * refused where the driver refuses them. Not thread-safe, as a connection is not.
 */
final class PostgresBranch implements XAResource {

    private static final String CONSTRAINT_VIOLATED = "23"; // class of SQL states

    private final XAResource driver;
    private final Connection connection;
    private @Nullable Xid branch; // null: none is open
    private boolean active; // has started and not ended
    private boolean autoCommit; // of the connection, before the branch

    /**
     * Takes the branches of a connection.
     *
     * @param driver its resource, which no branch is started on
     * @param connection the physical one, which outlives its handles
     */
    PostgresBranch(XAResource driver, Connection connection) {
        this.driver = driver;
        this.connection = connection;
    }

    /** Returns whether a branch has started that is neither prepared nor has come to an end. */
    boolean isOpen() {
        return branch != null;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags != TMNOFLAGS && flags != TMJOIN && flags != TMRESUME) {
            throw refused(XAException.XAER_INVAL, "unknown flags to start a branch with: " + flags);
        }
        if (active) {
            throw refused(XAException.XAER_PROTO, "a branch is active on this connection");
        }
        if (flags == TMJOIN ? !xid.equals(branch) : flags == TMRESUME || branch != null) {
            throw refused(XAException.XAER_RMERR, "branches are not suspended here, nor do they take turns");
        }
        if (flags == TMNOFLAGS) {
            try {
                autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw failed(XAException.XAER_RMERR, e);
            }
        }
        branch = xid;
        active = true;
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        if (flags != TMSUCCESS && flags != TMFAIL && flags != TMSUSPEND) {
            throw refused(XAException.XAER_INVAL, "unknown flags to end a branch with: " + flags);
        }
        if (!active || !xid.equals(branch)) {
            throw refused(XAException.XAER_PROTO, "this branch is not active");
        }
        if (flags == TMSUSPEND) {
            throw refused(XAException.XAER_RMERR, "branches are not suspended here");
        }
        active = false;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        if (branch == null) {
            throw refused(XAException.XAER_NOTA, "no branch has started on this connection");
        }
        if (!xid.equals(branch)) {
            throw refused(XAException.XAER_RMERR, "another branch has started on this connection");
        }
        if (active) {
            throw refused(XAException.XAER_INVAL, "the branch has not ended");
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PREPARE TRANSACTION '" + name(xid) + '\'');
            close();
        } catch (SQLException e) {
            throw failed(refusedOrLost(e), e);
        }
        return XA_OK; // also if it was read-only: the transaction is prepared, so somebody has to end it
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!onePhase) {
            if (branch != null) {
                throw refused(XAException.XAER_PROTO, "a branch is open on this connection");
            }
            driver.commit(xid, false);
            return;
        }
        if (!xid.equals(branch) || active) {
            throw refused(XAException.XAER_PROTO, "no such branch has started on this connection and ended");
        }
        try {
            connection.commit();
            close();
        } catch (SQLException e) {
            throw failed(refusedOrLost(e), e);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        if (branch == null) {
            driver.rollback(xid);
            return;
        }
        if (!xid.equals(branch)) {
            throw refused(XAException.XAER_RMFAIL, "another branch is open on this connection");
        }
        try {
            connection.rollback();
            close();
        } catch (SQLException e) {
            throw failed(XAException.XAER_RMFAIL, e);
        }
    }

    /** The connection is as it was before the branch. */
    private void close() throws SQLException {
        branch = null;
        active = false;
        connection.setAutoCommit(autoCommit);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return driver.recover(flag);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        driver.forget(xid);
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return driver.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return driver.setTransactionTimeout(seconds);
    }

    /** Names a branch as the driver does, which is to find it. */
    private static String name(Xid xid) {
        return xid.getFormatId() + "_" + encoded(xid.getGlobalTransactionId()) + '_'
                + encoded(xid.getBranchQualifier());
    }

    private static String encoded(byte[] bytes) {
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.ISO_8859_1);
    }

    private static int refusedOrLost(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith(CONSTRAINT_VIOLATED)
                ? XAException.XA_RBINTEGRITY
                : XAException.XAER_RMFAIL;
    }

    private static XAException refused(int code, String message) {
        XAException refused = new XAException(message);
        refused.errorCode = code;
        return refused;
    }

    private static XAException failed(int code, SQLException cause) {
        XAException failed = refused(code, String.valueOf(cause.getMessage()));
        failed.initCause(cause);
        return failed;
    }
}
