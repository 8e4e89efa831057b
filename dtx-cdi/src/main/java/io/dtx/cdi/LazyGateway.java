package io.dtx.cdi;

import io.dtx.runtime.Dtx;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway that beans are bound to when they are made: their first call starts dtx, not their injection. Steps run outside of
 * the container's own transactions.
 */
final class LazyGateway implements StepGateway {

    private final Supplier<Dtx> dtx;
    private final Supplier<AmbientTransaction> container;
    private AmbientTransaction ambient = AmbientTransaction.NONE;
    private volatile @Nullable StepGateway target;

    /**
     * Makes a gateway.
     *
     * @param container finds out whether the container has transactions, once dtx is started
     */
    LazyGateway(Supplier<Dtx> dtx, Supplier<AmbientTransaction> container) {
        this.dtx = dtx;
        this.container = container;
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        return target().<T, E>transaction(transaction, body);
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        StepGateway gateway = target();
        Runnable resumption = ambient.suspend();
        try {
            return gateway.<T, E>step(step, arguments, body);
        } finally {
            resumption.run();
        }
    }

    private StepGateway target() {
        StepGateway present = target;
        if (present == null) {
            present = dtx.get().gateway();
            ambient = container.get();
            target = present;
        }
        return present;
    }
}
