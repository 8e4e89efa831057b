package io.dtx.runtime.participant.guard;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.StoredProcedureQuery;
import jakarta.persistence.TransactionRequiredException;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entity manager that business code holds, transaction-scoped as in Jakarta Persistence 3.2, section 7.6.2: inside a step or
 * an ATOMIC transaction its own; outside each call has a fresh one, so that what is read is detached, and writing is refused.
 */
final class EntityManagerCalls implements InvocationHandler {

    private static final Set<String> WRITES = Set.of("persist", "merge", "remove", "refresh", "lock", "flush");
    private static final Set<String> ENDS_QUERY =
            Set.of("getResultList", "getSingleResult", "getSingleResultOrNull", "executeUpdate", "execute");

    private final EntityManagers unit;

    private EntityManagerCalls(EntityManagers unit) {
        this.unit = unit;
    }

    /** Returns the entity manager for business code: one object for all threads, usable before the unit is open. */
    static EntityManager of(EntityManagers unit) {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManagerCalls.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                new EntityManagerCalls(unit));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "guarded EntityManager";
            case "isOpen":
                return true;
            case "getEntityManagerFactory":
                return unit.factory();
            case "close", "getTransaction":
                throw new IllegalStateException("DTX-3031 " + method.getName()
                        + "() is dtx's: it commits and closes when " + unit.scope() + " has returned");
            default:
                EntityManager current = unit.current();
                return current != null ? call(current, method, arguments) : outside(method, arguments);
        }
    }

    private @Nullable Object outside(Method method, Object @Nullable [] arguments) throws Throwable {
        if (WRITES.contains(method.getName())) {
            throw new TransactionRequiredException("DTX-3032 " + method.getName()
                    + "() was called outside of a transaction: entities are written in " + unit.scope());
        }
        EntityManager fresh = unit.factory().createEntityManager();
        boolean closes = true;
        try {
            Object result = call(fresh, method, arguments);
            if (result instanceof Query query) {
                closes = false;
                return deferred(query, fresh);
            }
            return result;
        } finally {
            if (closes) {
                fresh.close();
            }
        }
    }

    /** A query outside of transactions: its entity manager lives until it is executed. */
    private static Object deferred(Query query, EntityManager fresh) {
        Class<?> type = query instanceof StoredProcedureQuery
                ? StoredProcedureQuery.class
                : query instanceof TypedQuery ? TypedQuery.class : Query.class;
        return Proxy.newProxyInstance(
                EntityManagerCalls.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean streams = method.getName().equals("getResultStream");
                    if (streams || ENDS_QUERY.contains(method.getName())) {
                        try {
                            return streams ? query.getResultList().stream() : call(query, method, arguments);
                        } finally {
                            fresh.close();
                        }
                    }
                    Object result = call(query, method, arguments);
                    return result == query ? proxy : result;
                });
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
