package io.dtx.runtime.session;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.runtime.log.WireReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whoever answers among the members: asks the one that answered last, and the others in turn when it does not. Thread-safe. */
final class Leader implements AutoCloseable {

    private static final long BACK_OFF_MILLIS = 20;
    private static final long BACK_OFF_MILLIS_MAX = 200;

    private final List<MemberChannel> channels;
    private final long attemptMillis;
    private final Semaphore closing = new Semaphore(0);
    private volatile int current;
    private volatile boolean closed;

    Leader(List<MemberChannel> channels, long attemptMillis) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("DTX-7045 no member is named: set dtx.members to host:port,…");
        }
        this.channels = List.copyOf(channels);
        this.attemptMillis = attemptMillis;
    }

    /**
     * Asks until somebody answers.
     *
     * @return the answer's fields
     * @throws CoordinatorUnavailableException if nobody has answered for so long, or this is closed
     * @throws IllegalStateException if a member has refused the request for good
     */
    WireReader ask(byte[] request, long millis) {
        long deadline =
                millis == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        String last = "";
        for (int tries = 1; ; tries++) {
            int asked = current;
            MemberChannel channel = channels.get(asked);
            long left = attemptMillis(deadline);
            try {
                WireReader answer = answered(channel, request, left);
                if (answer != null) {
                    return answer;
                }
                last = channel.address() + " does not lead";
            } catch (ExecutionException | TimeoutException e) {
                if (last.isEmpty() || left == attemptMillis) { // what comes of a try that is cut short says less
                    last = channel.address() + ": " + reason(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable("interrupted");
            }
            if (current == asked) {
                current = (asked + 1) % channels.size();
            }
            boolean over = deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0;
            boolean allAsked = tries % channels.size() == 0;
            if (closed || over || (allAsked && !pause(tries))) {
                throw unavailable(last);
            }
        }
    }

    /** Returns null when the member that was asked does not lead. */
    private @Nullable WireReader answered(MemberChannel channel, byte[] request, long left)
            throws ExecutionException, TimeoutException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.wrap(channel.request(request, left).get(left, TimeUnit.MILLISECONDS));
        byte status = bytes.get();
        WireReader in = new WireReader(bytes);
        if (status == Wire.REFUSED) {
            throw new IllegalStateException(in.readString());
        }
        return status == Wire.OK ? in : null;
    }

    private long attemptMillis(long deadline) {
        return deadline == Long.MAX_VALUE
                ? attemptMillis
                : Math.min(attemptMillis, Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? "no answer in time" : cause.getMessage();
    }

    /** Waits before the next round; returns whether it is still open. */
    private boolean pause(int tries) {
        try {
            long millis = Math.min(BACK_OFF_MILLIS_MAX, BACK_OFF_MILLIS * tries / channels.size());
            return !closing.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CoordinatorUnavailableException unavailable(String last) {
        return new CoordinatorUnavailableException(
                null,
                "DTX-7046 no member of the cluster answers as its leader ("
                        + String.join(
                                ", ",
                                channels.stream().map(MemberChannel::address).toList()) + "); the last one asked: "
                        + last,
                null);
    }

    @Override
    public void close() {
        closed = true;
        closing.release(1_000);
        channels.forEach(MemberChannel::close);
    }
}
