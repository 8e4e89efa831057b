package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The databases that an operator was given, to close steps in. Each knows the operator's session before something is closed there,
 * and knows that it has ended when the operator leaves. Thread-safe.
 */
final class OperatorResources {

    private static final System.Logger LOG = System.getLogger(OperatorResources.class.getName());

    private final Map<String, GuardedResource> resources = new ConcurrentHashMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean left;

    /** Returns them by their names, as they are at any time. */
    Map<String, GuardedResource> byName() {
        return Collections.unmodifiableMap(resources);
    }

    /** Takes one that has not been started; it is closed here, and at once when it is refused. */
    void add(GuardedResource resource, ResourceOwner owner) {
        try {
            refuseSecond(resource.name());
            resource.start(owner);
            keep(resource);
        } catch (RuntimeException e) {
            resource.close();
            throw e;
        }
    }

    private void keep(GuardedResource resource) {
        lock.lock();
        try {
            if (left) {
                throw new IllegalStateException("DTX-1014 this operator is closed: connect again.");
            }
            refuseSecond(resource.name());
            for (GuardedResource each : resources.values()) {
                if (each.databaseId().equals(resource.databaseId())) {
                    throw Registry.sameDatabase(each.name(), resource.name());
                }
            }
            resources.put(resource.name(), resource);
        } finally {
            lock.unlock();
        }
    }

    private void refuseSecond(String name) {
        if (resources.containsKey(name)) {
            throw new DtxException(
                    null,
                    "DTX-8031 resource \"" + name + "\" was given to this operator already: give each name once.",
                    null);
        }
    }

    /** Makes the operator's present session known to all of them that do not know it. When it fails, another session is needed. */
    void enter(long present) {
        lock.lock();
        try {
            for (GuardedResource each : resources.values()) {
                if (known.getOrDefault(each.name(), 0L) < present) {
                    each.openSession(present);
                    known.put(each.name(), present);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes known that the session has ended, and closes them. */
    void leave() {
        lock.lock();
        try {
            left = true;
            resources.values().forEach(this::leave);
            resources.clear();
        } finally {
            lock.unlock();
        }
    }

    private void leave(GuardedResource resource) {
        try {
            if (known.containsKey(resource.name())) {
                resource.fence(known.get(resource.name()));
            }
        } catch (ResourceUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "an application's sweep will say it there", e);
        }
        resource.close();
    }
}
