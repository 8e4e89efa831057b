package io.dtx.spi;

import io.dtx.DtxException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of one woven class enter: its objects are made with {@code new}, so the class is bound, not the object. At
 * most one gateway at a time. Thread-safe.
 */
public final class WovenGateway {

    private final Class<?> type;
    private final AtomicReference<@Nullable StepGateway> bound = new AtomicReference<>();

    /** Makes the place of a class, to which no gateway is bound. */
    public WovenGateway(Class<?> type) {
        this.type = type;
    }

    /**
     * Returns the bound gateway.
     *
     * @throws DtxException if none is
     */
    public StepGateway get() {
        StepGateway present = bound.get();
        if (present == null) {
            throw new DtxException(
                    null,
                    "DTX-1031 " + type.getName() + " was called while no running dtx has it: register it, and call"
                            + " dtx.start() first; in a container, its start has failed (DTX-6003).",
                    null);
        }
        return present;
    }

    /**
     * Binds the class.
     *
     * @throws DtxException if it is bound to another gateway
     */
    public void bind(StepGateway gateway) {
        if (!bound.compareAndSet(null, gateway) && bound.get() != gateway) {
            throw new DtxException(
                    null,
                    "DTX-1032 " + type.getName() + " is woven and already belongs to another running dtx: a woven class"
                            + " has one gateway. Close the other one first, or compile the class with"
                            + " -Adtx.weave=subclass, where each object has its own.",
                    null);
        }
    }

    /** Undoes {@link #bind}; does nothing if the class is not bound to this gateway. */
    public void unbind(StepGateway gateway) {
        bound.compareAndSet(gateway, null);
    }

    /**
     * Returns whether a call on an object of a subclass is a plain one here, because the call has entered already: the subclass
     * is generated, or woven itself, and this is its {@code super} call.
     */
    public boolean isPlain(Object self) {
        Class<?> nearest = self.getClass();
        while (nearest != type && !nearest.isAnnotationPresent(Woven.class)) {
            nearest = nearest.getSuperclass(); // ends at the woven class at the latest
        }
        return nearest != type || self instanceof ParticipantBean;
    }
}
