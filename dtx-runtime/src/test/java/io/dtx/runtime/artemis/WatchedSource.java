package io.dtx.runtime.artemis;

import io.dtx.spi.XaSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.transaction.xa.XAResource;

/** Connections whose branches tell a test before and after each call, such as {@code prepare:after}. */
record WatchedSource(XaSource source, Step step) implements XaSource {

    /** What happens around a call. */
    interface Step {
        void pass(String call) throws Exception;
    }

    @Override
    public XaConnection open() throws Exception {
        XaConnection connection = source.open();
        XAResource watched = watch(connection.resource());
        return new XaConnection() {
            @Override
            public XAResource resource() {
                return watched;
            }

            @Override
            public Object handle() {
                return connection.handle();
            }

            @Override
            public void close() throws Exception {
                connection.close();
            }
        };
    }

    private XAResource watch(XAResource branch) {
        return (XAResource) Proxy.newProxyInstance(
                WatchedSource.class.getClassLoader(), new Class<?>[] {XAResource.class}, (self, method, arguments) -> {
                    step.pass(method.getName() + ":before");
                    try {
                        Object answer = method.invoke(branch, arguments);
                        step.pass(method.getName() + ":after");
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
