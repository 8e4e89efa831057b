package io.dtx.runtime.session;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.runtime.log.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whoever answers among the members: asks the one that answered last, and the others in turn when it does not. Where they are it is
 * told at the start, and again by whoever leads. Thread-safe.
 */
final class Leader implements AutoCloseable {

    private static final long BACK_OFF_MILLIS = 20;
    private static final long BACK_OFF_MILLIS_MAX = 200;

    private static final System.Logger LOG = System.getLogger(Leader.class.getName());

    private final List<MemberChannel> configured;
    private final long attemptMillis;
    private final Semaphore closing = new Semaphore(0);
    private final ReentrantLock lock = new ReentrantLock();
    private List<String> told = List.of();
    private volatile List<MemberChannel> channels;
    private volatile MemberChannel current;
    private volatile boolean closed;

    Leader(List<MemberChannel> channels, long attemptMillis) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("DTX-7045 no member is named: set dtx.members to host:port,…");
        }
        this.configured = List.copyOf(channels);
        this.channels = configured;
        this.current = channels.get(0);
        this.attemptMillis = attemptMillis;
    }

    /**
     * Takes note of where the members are, as one that leads has said. They are asked before those that were named at the start,
     * which are kept: these may be names that lead to whoever is there now.
     */
    void learn(List<String> addresses) {
        lock.lock();
        try {
            if (closed || addresses.isEmpty() || addresses.equals(told)) {
                return;
            }
            told = List.copyOf(addresses);
            List<MemberChannel> before = channels;
            List<MemberChannel> next = new ArrayList<>();
            addresses.stream()
                    .distinct()
                    .map(each -> channel(each, before))
                    .filter(Objects::nonNull)
                    .forEach(next::add);
            configured.stream().filter(each -> !next.contains(each)).forEach(next::add);
            channels = List.copyOf(next);
            if (!next.contains(current)) {
                current = next.get(0);
            }
            before.stream().filter(each -> !next.contains(each)).forEach(MemberChannel::close);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MemberChannel channel(String address, List<MemberChannel> present) {
        for (List<MemberChannel> each : List.of(configured, present)) {
            for (MemberChannel known : each) {
                if (known.address().equals(address)) {
                    return known;
                }
            }
        }
        try {
            return configured.get(0).to(address);
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "DTX-7056 a member is at an address that cannot be used from here", e);
            return null;
        }
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
            MemberChannel channel = current;
            int members = channels.size();
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
            moveOn(channel);
            boolean over = deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0;
            boolean allAsked = tries % members == 0;
            if (closed || over || (allAsked && !pause(tries / members))) {
                throw unavailable(last);
            }
        }
    }

    /**
     * Asks the one that answered last, once and without waiting.
     *
     * @return the answer's fields; exceptionally if there is none in time, or it does not lead: then another one is asked next
     */
    CompletableFuture<WireReader> tell(byte[] request) {
        if (closed) {
            return CompletableFuture.failedFuture(unavailable("this link is closed"));
        }
        MemberChannel channel = current;
        return channel.request(request, attemptMillis).handle((bytes, failure) -> {
            WireReader answer = failure == null ? answer(bytes) : null;
            if (answer == null) {
                moveOn(channel);
                throw new CompletionException(failure == null ? unavailable("it does not lead") : failure);
            }
            return answer;
        });
    }

    /** Under the lock, so that it is not one that is just let go. */
    private void moveOn(MemberChannel from) {
        lock.lock();
        try {
            if (current == from) {
                List<MemberChannel> all = channels;
                current = all.get((all.indexOf(from) + 1) % all.size());
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable WireReader answered(MemberChannel channel, byte[] request, long left)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer(channel.request(request, left).get(left, TimeUnit.MILLISECONDS));
    }

    /** Returns null when the member that was asked does not lead. */
    private static @Nullable WireReader answer(byte[] answered) {
        ByteBuffer bytes = ByteBuffer.wrap(answered);
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
    private boolean pause(int rounds) {
        try {
            long millis = Math.min(BACK_OFF_MILLIS_MAX, BACK_OFF_MILLIS * rounds);
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
        lock.lock();
        try {
            closed = true;
            closing.release(1_000);
            channels.forEach(MemberChannel::close);
        } finally {
            lock.unlock();
        }
    }
}
