package io.dtx.runtime.participant.xa;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The branches of one transaction. They are prepared at the same time, and committed at the same time once that is decided:
 * Narayana asks one after the other, the first one that it asks sets the others going, and they have their answers ready when
 * they are asked. Where at most one of them takes long, by its {@link Pace}, that would cost more than it gains, and each waits
 * until it is asked.
 */
final class Together {

    private static final int THREADS_MAX = 16;
    private static final long IDLE_SECONDS = 10;

    private static final ThreadLocal<Boolean> WORKING = new ThreadLocal<>();

    private final Supplier<@Nullable Executor> others;
    private final Function<String, Pace.OfResource> paces;
    private final List<ParallelBranch> branches = new CopyOnWriteArrayList<>();
    private boolean preparing; // of the thread that Narayana asks on, as the next
    private boolean committing;

    /**
     * Begins with no branch.
     *
     * @param others says what works now for all branches but the one that is asked first; null: each waits until it is asked
     * @param paces those of a resource, by its name
     */
    Together(Supplier<@Nullable Executor> others, Function<String, Pace.OfResource> paces) {
        this.others = others;
        this.paces = paces;
    }

    /** Makes what works for the branches of all transactions. Above its limit, whoever asks does the work. */
    static ThreadPoolExecutor workers() {
        return new ThreadPoolExecutor(
                0,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "dtx-xa-branch");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, pool) -> task.run());
    }

    /** Returns whether this thread works for a branch of a transaction that belongs to another thread. */
    static boolean isWorking() {
        return WORKING.get() != null;
    }

    /** Starts the work for a branch. */
    static <T> FutureTask<T> execute(Executor workers, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        workers.execute(() -> {
            WORKING.set(true);
            try {
                task.run();
            } finally {
                WORKING.remove();
            }
        });
        return task;
    }

    /** Returns a branch as Narayana is to see it. */
    ParallelBranch add(GuardedXaResource branch) {
        ParallelBranch added = new ParallelBranch(branch, this, paces.apply(branch.getJndiName()));
        branches.add(added);
        return added;
    }

    /** Narayana asks a branch: if it is the first of all, others may be set going; later ones have been asked already. */
    void prepareOthers(ParallelBranch first) {
        Executor workers = preparing ? null : others.get();
        preparing = true;
        if (workers != null && areSeveral(ParallelBranch::preparesSlowly)) {
            for (ParallelBranch each : branches) {
                if (each != first && each.preparesSlowly()) {
                    each.prepareAhead(workers);
                }
            }
        }
    }

    /** As {@link #prepareOthers}. */
    void commitOthers(ParallelBranch first) {
        Executor workers = committing ? null : others.get();
        committing = true;
        if (workers != null && areSeveral(ParallelBranch::commitsSlowly)) {
            for (ParallelBranch each : branches) {
                if (each != first && each.commitsSlowly()) {
                    each.commitAhead(workers);
                }
            }
        }
    }

    private boolean areSeveral(Predicate<ParallelBranch> slow) {
        int count = 0;
        for (ParallelBranch each : branches) {
            count += slow.test(each) ? 1 : 0;
        }
        return count > 1;
    }
}
