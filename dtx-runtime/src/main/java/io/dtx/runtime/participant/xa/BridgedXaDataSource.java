package io.dtx.runtime.participant.xa;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Lets the pool, which makes its data source from the name of a class, work with one that the application has made. */
public final class BridgedXaDataSource implements XADataSource {

    private static final Map<String, XADataSource> SOURCES = new ConcurrentHashMap<>();
    private static final AtomicLong KEYS = new AtomicLong();

    private @Nullable XADataSource source;

    /** Is called by the pool. */
    public BridgedXaDataSource() {}

    /** Remembers a data source under a key of its own, which is returned. */
    static String register(XADataSource source) {
        String key = Long.toString(KEYS.incrementAndGet());
        SOURCES.put(key, source);
        return key;
    }

    static void forget(String key) {
        SOURCES.remove(key);
    }

    /** Is called by the pool: which one it is. */
    public void setKey(String key) {
        source = Objects.requireNonNull(SOURCES.get(key), "no such data source");
    }

    private XADataSource source() {
        return Objects.requireNonNull(source, "no key was set");
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return PostgresConnection.of(source().getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return PostgresConnection.of(source().getXAConnection(user, password));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** The application's data source stays as the application has set it. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.dtx");
    }
}
