package io.dtx.runtime.log;

import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log that passes everything on to another one, for those that change something on the way. */
public class ForwardingLog implements CoordinatorLog {

    protected final CoordinatorLog log;

    /** Passes on to this one. */
    protected ForwardingLog(CoordinatorLog log) {
        this.log = log;
    }

    @Override
    public void start(Replica replica) {
        log.start(replica);
    }

    @Override
    public long cluster() {
        return log.cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        return log.append(batches);
    }

    @Override
    public long time() {
        return log.time();
    }

    @Override
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return log.readBarrier();
    }

    @Override
    public void close() {
        log.close();
    }
}
