package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.JoinedWork;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.jspecify.annotations.Nullable;

/**
 * The transaction manager as Hibernate sees it. A proxy, because its signatures name JTA's types, which this package does without.
 */
final class AtomicPlatform {

    private AtomicPlatform() {}

    static JtaPlatform of(JoinedWork work) {
        return (JtaPlatform) Proxy.newProxyInstance(
                AtomicPlatform.class.getClassLoader(),
                new Class<?>[] {JtaPlatform.class},
                (self, method, arguments) -> call(work, self, method, arguments));
    }

    private static @Nullable Object call(JoinedWork work, Object self, Method method, Object @Nullable [] arguments) {
        Object first = arguments == null ? null : arguments[0];
        switch (method.getName()) {
            case "retrieveTransactionManager":
                return work.transactionManager();
            case "getTransactionIdentifier":
                return first;
            case "canRegisterSynchronization":
                return work.mayJoin();
            case "registerSynchronization":
                work.join(Objects.requireNonNull(first));
                return null;
            case "getCurrentStatus":
                return work.status();
            case "retrieveUserTransaction":
                return null;
            case "equals":
                return self == first;
            case "hashCode":
                return System.identityHashCode(self);
            case "toString":
                return "ATOMIC transactions of dtx";
            default:
                throw new UnsupportedOperationException(method.toString());
        }
    }
}
