package io.dtx.runtime.participant.xa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/** A data source as the pool sees it: for tests that stand between the pool and it, which would hide whose driver it is. */
public final class OwnBranches {

    private OwnBranches() {}

    /** Returns a data source whose branches are our own, where there are any for its driver. */
    public static XADataSource of(XADataSource source) {
        return (XADataSource) Proxy.newProxyInstance(
                OwnBranches.class.getClassLoader(), new Class<?>[] {XADataSource.class}, (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(source, arguments);
                        return result instanceof XAConnection connection ? PostgresConnection.of(connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
