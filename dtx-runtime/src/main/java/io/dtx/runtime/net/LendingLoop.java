package io.dtx.runtime.net;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.IntSupplier;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop that lends its place while its own thread waits for sockets: who has something to write then writes it, instead of waking
 * that thread for it. The place is a lock, which whoever acts as the loop holds: its own thread always, but while it waits.
 * Nobody waits for it but that thread, so that a borrower may hold whatever locks it likes.
 */
final class LendingLoop extends SingleThreadIoEventLoop {

    private static final long ROUNDED_NANOS = TimeUnit.MICROSECONDS.toNanos(500); // Netty waits for whole milliseconds

    private final ReentrantLock place;
    private volatile @Nullable Thread borrower;

    private LendingLoop(IoEventLoopGroup group, Executor executor, ReentrantLock place) {
        super(group, executor, handlers(place));
        this.place = place;
    }

    /** Returns a group of such loops, each with a thread of its own. */
    static MultiThreadIoEventLoopGroup group(int threads, ThreadFactory factory) {
        return new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory()) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory unused, Object... arguments) {
                return new LendingLoop(this, executor, new ReentrantLock());
            }
        };
    }

    /**
     * Runs something in the loop's place, if that is free. It may write to the loop's channels, but neither wait nor use the
     * loop's timers. What it throws is thrown on the loop's own thread.
     *
     * @param action returns whether there is nothing left to do for the loop's own thread
     * @return what the action has returned; false if it was not run, or failed
     * @throws java.util.concurrent.RejectedExecutionException if the loop has ended meanwhile; the action was run
     */
    boolean borrow(BooleanSupplier action) {
        if (inEventLoop() || isShuttingDown() || place.hasQueuedThreads() || !place.tryLock()) {
            return false;
        }
        boolean leavesTasks = false;
        try {
            borrower = Thread.currentThread();
            boolean done = action.getAsBoolean();
            leavesTasks = hasTasks();
            return done;
        } catch (RuntimeException | Error e) {
            execute(() -> {
                throw e;
            });
            leavesTasks = true;
            return false;
        } finally {
            borrower = null;
            place.unlock();
            if (leavesTasks) { // which have woken nobody: this thread was the loop's
                execute(() -> {});
            }
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return super.inEventLoop(thread) || thread == borrower;
    }

    /** Returns whether the current thread only stands in for the loop's own. */
    static boolean isLent(EventLoop loop) {
        return loop instanceof LendingLoop lending && lending.borrower == Thread.currentThread();
    }

    /** Keeps the place at its end: what this thread does afterwards is still done as the loop. */
    @Override
    protected void run() {
        place.lock();
        super.run();
    }

    @Override
    protected int runIo() {
        try {
            return super.runIo();
        } finally {
            takeBack(place);
        }
    }

    private static void takeBack(ReentrantLock place) {
        if (!place.isHeldByCurrentThread()) {
            place.lock();
        }
    }

    private static IoHandlerFactory handlers(ReentrantLock place) {
        IoHandlerFactory nio = NioIoHandler.newFactory(SelectorProvider.provider(), () -> new Lending(place));
        return executor -> new Handler(nio.newHandler(executor), place);
    }

    /** Lends the place when the loop is about to wait. */
    private record Lending(ReentrantLock place) implements SelectStrategy {

        @Override
        public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
            if (hasTasks) {
                return selectNow.get();
            }
            place.unlock();
            return SelectStrategy.SELECT;
        }
    }

    /** Takes the place back before anything is looked at that has become ready. */
    private record Handler(IoHandler nio, ReentrantLock place) implements IoHandler {

        @Override
        public int run(IoHandlerContext context) {
            return nio.run(new Waking(context, place));
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return nio.register(handle);
        }

        @Override
        public void initialize() {
            nio.initialize();
        }

        @Override
        public void prepareToDestroy() {
            nio.prepareToDestroy();
        }

        @Override
        public void destroy() {
            nio.destroy();
        }

        @Override
        public void wakeup() {
            nio.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return nio.isCompatible(type);
        }
    }

    private record Waking(IoHandlerContext loop, ReentrantLock place) implements IoHandlerContext {

        /** Asked between the wait and what it was for, of which a borrower may just have closed something. */
        @Override
        public boolean shouldReportActiveIoTime() {
            takeBack(place);
            return loop.shouldReportActiveIoTime();
        }

        @Override
        public void reportActiveIoTime(long nanos) {
            loop.reportActiveIoTime(nanos);
        }

        @Override
        public boolean canBlock() {
            return loop.canBlock();
        }

        /** With what makes the selector's wait end behind it: else the last half of a millisecond is spent in asking again and again. */
        @Override
        public long delayNanos(long now) {
            long delay = loop.delayNanos(now);
            return delay > 0 && delay < Long.MAX_VALUE - ROUNDED_NANOS ? delay + ROUNDED_NANOS : delay;
        }

        @Override
        public long deadlineNanos() {
            return loop.deadlineNanos();
        }
    }
}
