package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.util.SPI;
import com.alipay.sofa.jraft.util.timer.DefaultRaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.DefaultTimer;
import com.alipay.sofa.jraft.util.timer.Timer;

/**
 * Gives consensus timers that sleep until something is due. The library's own wheels wake up a thousand times a second each, four
 * or five of them for every member. Found by the library as a service; there is one in a JVM, for all members in it.
 */
@SPI(name = "dtx", priority = 100)
public final class MemberTimers extends DefaultRaftTimerFactory {

    /** Is made by the library. */
    public MemberTimers() {}

    @Override
    public Timer getElectionTimer(boolean shared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getVoteTimer(boolean shared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getStepDownTimer(boolean shared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer getSnapshotTimer(boolean shared, String name) {
        return createTimer(name);
    }

    @Override
    public Timer createTimer(String name) {
        return new DefaultTimer(1, name);
    }
}
