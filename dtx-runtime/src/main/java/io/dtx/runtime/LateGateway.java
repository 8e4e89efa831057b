package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.TransactionContext;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The gateway that beans are bound to, before there is a running one and after: it refuses all calls before the start, and once
 * it is closed those outside of transactions, so that what runs can end.
 */
final class LateGateway implements StepGateway {

    private volatile @Nullable StepGateway target;
    private volatile boolean closed;

    void open(StepGateway running) {
        target = running;
    }

    void close() {
        closed = true;
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T transaction(
            TransactionDescriptor transaction, Body<T> body) throws E {
        return running(transaction.name()).transaction(transaction, body);
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T step(
            StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws E {
        return running(step.name()).step(step, arguments, body);
    }

    private StepGateway running(String name) {
        StepGateway running = target;
        if (running == null) {
            throw new DtxException(
                    null, "DTX-1004 " + name + " was called before dtx was started: call dtx.start() first.", null);
        }
        if (closed && !TransactionContext.isActive()) {
            throw new DtxException(
                    null, "DTX-1014 " + name + " was called after dtx was closed: nothing is begun any more.", null);
        }
        return running;
    }
}
