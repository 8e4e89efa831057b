package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.storage.impl.LogManagerImpl;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a group, to which the library's own threads hand tasks. With one exception: who appends entries at the leader
 * sends them itself to the followers that wait for them, instead of waking a thread for each. Those have all that came before, so
 * that what they are sent is in memory, and sending never waits. What such a task hands over in turn goes to the threads, for
 * it holds the lock that the next one takes.
 */
final class WakingThreads extends ThreadPoolExecutor {

    private static final String APPENDING = "JRaft-NodeImpl-Disruptor";
    private static final String OF_THE_LOG = LogManagerImpl.class.getName();

    private final ThreadLocal<Boolean> sending = ThreadLocal.withInitial(() -> false);

    WakingThreads(int threads, int idleSeconds) {
        super(
                threads,
                threads,
                idleSeconds,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                GroupThreads.named("dtx-raft"));
        allowCoreThreadTimeOut(true);
    }

    @Override
    public Future<?> submit(Runnable task) {
        if (sending.get()
                || !task.getClass().getName().startsWith(OF_THE_LOG)
                || !Thread.currentThread().getName().startsWith(APPENDING)) {
            return super.submit(task);
        }
        FutureTask<?> here = new FutureTask<>(task, null);
        sending.set(true);
        try {
            here.run();
        } finally {
            sending.set(false);
        }
        return here;
    }
}
