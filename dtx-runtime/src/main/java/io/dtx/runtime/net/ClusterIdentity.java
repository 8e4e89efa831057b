package io.dtx.runtime.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which cluster this process belongs to: 64 random bits, or 0 as long as it does not know. Known once, it never changes. A
 * member is told by its log or by whoever makes the cluster; other processes learn it from the first member that they reach.
 * Thread-safe.
 */
public final class ClusterIdentity {

    private final AtomicLong cluster;

    /** Creates the identity of this cluster; 0: not known yet. */
    public ClusterIdentity(long cluster) {
        this.cluster = new AtomicLong(cluster);
    }

    /** Returns the cluster; 0 as long as it is not known. */
    public long get() {
        return cluster.get();
    }

    /**
     * Makes it known; connections at that moment go on and may use every service from now on.
     *
     * @throws IllegalStateException if another one is known
     */
    public void learn(long known) {
        if (known == 0 || !adopt(known)) {
            throw new IllegalStateException("DTX-5314 this process belongs to cluster " + Text.cluster(cluster.get())
                    + " and cannot join " + Text.cluster(known));
        }
    }

    /** Makes it known, unless another one is: returns false then. */
    boolean adopt(long seen) {
        return cluster.compareAndSet(0, seen) || cluster.get() == seen;
    }
}
