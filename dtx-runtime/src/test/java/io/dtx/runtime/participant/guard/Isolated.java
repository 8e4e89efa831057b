package io.dtx.runtime.participant.guard;

import io.dtx.runtime.testdb.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A user's data source whose connections come at an isolation level. */
final class Isolated {

    /** H2's own level. */
    static final int SNAPSHOT = 6;

    private Isolated() {}

    static DataSource at(int level, TestDatabase database) {
        return at(level, database, () -> true);
    }

    /** Returns one whose connections come at the level of the database unless this says so. */
    static DataSource at(int level, TestDatabase database, BooleanSupplier changed) {
        DataSource plain = database.unpooled();
        return (DataSource) Proxy.newProxyInstance(
                Isolated.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(plain, arguments);
                        if (result instanceof Connection connection && changed.getAsBoolean()) {
                            connection.setTransactionIsolation(level);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
