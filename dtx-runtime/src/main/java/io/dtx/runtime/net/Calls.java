package io.dtx.runtime.net;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that wait for answers, by id: their bounds, their time limits, and what becomes of them at the
 * end. Whoever takes a call out of the table ends it, so each ends once; an answer that finds nothing came too late.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a sweep that is scheduled
final class Calls {

    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10); // between two looks, and late at most
    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Address address;
    private final int callsMax;
    private final int bytesMax;
    private final Map<Long, Call> open = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final long madeNanos = System.nanoTime();
    private final AtomicLong nextSweep = new AtomicLong(NEVER); // since then
    private volatile @Nullable Refusal ended;

    Calls(EventLoop loop, Address address, NetOptions options) {
        this.loop = loop;
        this.address = address;
        this.callsMax = options.limit(NetLimit.REQUESTS);
        this.bytesMax = options.limit(NetLimit.REQUEST_BYTES);
    }

    /** Enters a call and has its request sent under a new id. Any thread. */
    CompletableFuture<byte[]> begin(int size, long timeoutNanos, LongPredicate send) {
        Call call = new Call(size, timeoutNanos);
        int callsNow = count.incrementAndGet();
        long bytesNow = bytes.addAndGet(size);
        if (callsNow > callsMax || (bytesNow > bytesMax && callsNow > 1)) {
            leave(call);
            call.answer()
                    .completeExceptionally(new WindowFullException((callsNow - 1) + " requests of " + (bytesNow - size)
                            + " bytes to " + address + " are unanswered; send again when one is answered"));
            return call.answer();
        }
        long id = lastId.incrementAndGet();
        open.put(id, call);
        boolean accepted = send.test(id);
        Refusal end = ended;
        if (end == null && !accepted) {
            end = new Refusal(5335, "with " + address + ": this network is closed");
        }
        if (end != null) {
            failed(id, unanswered(call, end));
        } else {
            sweepBy(endOf(call));
        }
        return call.answer();
    }

    /** Asked on the loop before a frame is written: calls that are over are not sent any more. */
    boolean aboutToWrite(Frame frame) {
        if (frame.kind() != Frame.Kind.REQUEST) {
            return true;
        }
        Call call = open.get(frame.id());
        if (call == null) {
            return false;
        }
        call.markWritten();
        return true;
    }

    void answered(long id, byte[] answer) {
        Call call = take(id);
        if (call != null) {
            call.answer().complete(answer);
        }
    }

    void failed(long id, NetException failure) {
        Call call = take(id);
        if (call != null) {
            call.answer().completeExceptionally(failure);
        }
    }

    /** Fails what is open, and whatever still comes. On the loop. */
    void end(int code, String text) {
        Refusal end = new Refusal(code, text);
        ended = end;
        for (Map.Entry<Long, Call> each : open.entrySet()) {
            failed(each.getKey(), unanswered(each.getValue(), end));
        }
    }

    /** Returns what is known of a call whose connection has ended. */
    private static NetException unanswered(Call call, Refusal end) {
        return call.isWritten()
                ? new AnswerUnknownException(
                        5333,
                        "the connection ended before the answer came; the request may or may not have taken effect (DTX-"
                                + end.code() + " " + end.text() + ")",
                        null)
                : new NotSentException(end.code(), "not sent, no connection " + end.text(), null);
    }

    private @Nullable Call take(long id) {
        Call call = open.remove(id);
        if (call != null) {
            leave(call);
        }
        return call;
    }

    private void leave(Call call) {
        count.decrementAndGet();
        bytes.addAndGet(-call.bytes());
    }

    /** When a call is over, on the clock of the sweeps. */
    private long endOf(Call call) {
        long begun = call.begunNanos() - madeNanos;
        return begun + Math.min(call.timeoutNanos(), NEVER - 1 - begun);
    }

    /** Has the calls looked at when this one is over, unless that is done anyway. A timer for each would wake the loop for nothing. */
    private void sweepBy(long end) {
        for (long next = nextSweep.get(); end < next - SWEEP_NANOS; next = nextSweep.get()) {
            if (nextSweep.compareAndSet(next, end)) {
                scheduleSweep(end);
                return;
            }
        }
    }

    private void scheduleSweep(long at) {
        long delay = Math.max(SWEEP_NANOS, at - (System.nanoTime() - madeNanos));
        try {
            loop.schedule(() -> sweep(at), delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            nextSweep.compareAndSet(at, NEVER);
        }
    }

    private void sweep(long at) {
        if (!nextSweep.compareAndSet(at, NEVER)) {
            return; // an earlier one has come between, and has seen to what comes after it
        }
        long now = System.nanoTime();
        long first = NEVER;
        for (Map.Entry<Long, Call> each : open.entrySet()) {
            Call call = each.getValue();
            if (call.isOver(now)) {
                failed(each.getKey(), timeout(call));
            } else {
                first = Math.min(first, endOf(call));
            }
        }
        sweepBy(first);
    }

    private NetException timeout(Call call) {
        return call.isWritten()
                ? new AnswerUnknownException(
                        5334,
                        "no answer from " + address + " within " + call.timeoutMillis()
                                + " ms; the request may or may not have taken effect",
                        null)
                : new NotSentException(
                        5330, "no connection with " + address + " within " + call.timeoutMillis() + " ms", null);
    }
}
