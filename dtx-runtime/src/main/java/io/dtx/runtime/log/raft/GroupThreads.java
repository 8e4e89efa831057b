package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The threads on which consensus runs what must not run inside of its own. They have a queue without a bound: a task that is
 * rejected is never run, and one of these tasks wakes the disk up; without it the log gets a hole. What is queued is bounded by
 * what is in flight.
 */
final class GroupThreads {

    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 5;
    private static final Set<String> REGISTERED = ConcurrentHashMap.newKeySet();

    static {
        // Its rejections would stop heartbeats. Read once by the library, when it is first used.
        String key = "jraft.rpc.closure.threadpool.size.max";
        if (System.getProperty(key) == null) {
            System.setProperty(key, "1024");
        }
    }

    private GroupThreads() {}

    /** Makes the threads of a group, once in a JVM; they end when they are idle, and the library keeps them for the next use. */
    static void register(String group) {
        if (REGISTERED.add(group)) {
            ThreadPoolsFactory.registerThreadPool(group, new WakingThreads(THREADS, IDLE_SECONDS));
        }
    }

    /** Runs a task on them. */
    static void run(String group, Runnable task) {
        var unused = ThreadPoolsFactory.runInThread(group, task);
    }

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
