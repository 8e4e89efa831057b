package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.error.RaftError;

/** The watchdog's question to the leader. */
final class BarrierProbe extends ReadIndexClosure implements Watchdog.Probe {

    private volatile boolean pending = true;
    private volatile boolean behind;

    BarrierProbe(long timeoutMillis) {
        super(timeoutMillis);
    }

    @Override
    public void run(Status status, long index, byte[] context) {
        behind = status.getRaftError() == RaftError.ETIMEDOUT;
        pending = false;
    }

    void nobodyToAsk() {
        pending = false;
    }

    @Override
    public boolean isPending() {
        return pending;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }
}
