package io.dtx.runtime.session;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.coordinator.StateCopy;
import io.dtx.runtime.log.WireReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The backup that is being read from a member, piece by piece; one at a time: who begins another one ends the one before. Of the
 * state it keeps references only, until the last piece was given or nobody has asked for a minute. Thread-safe.
 */
final class Backups {

    private static final int PIECE_BYTES = 1 << 19;
    private static final long SILENCE_MILLIS = 60_000;

    private final Member member;
    private final Executor readers;
    private final long silenceMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private long begun;
    private @Nullable StateCopy copy;
    private long pieces;
    private byte[] last = {};
    private long askedNanos;

    Backups(Member member, Executor readers) {
        this(member, readers, SILENCE_MILLIS);
    }

    Backups(Member member, Executor readers, long silenceMillis) {
        this.member = member;
        this.readers = readers;
        this.silenceMillis = silenceMillis;
    }

    /** Begins one that holds everything that was answered to anybody before. */
    CompletableFuture<byte[]> begin() {
        Function<@Nullable Void, byte[]> begin = nothing -> begun();
        return member.readBarrier().thenApplyAsync(begin, readers);
    }

    private byte[] begun() {
        lock.lock();
        try {
            StateCopy now = member.copy();
            forget();
            copy = now;
            askedNanos = System.nanoTime();
            long number = begun;
            awaitSilence(number);
            return Wire.message(Wire.OK, out -> {
                out.writeLong(number);
                out.writeFixedLong(now.cluster());
                out.writeLong(now.index());
                out.writeLong(now.time());
                out.writeLong(now.wallClock());
            });
        } finally {
            lock.unlock();
        }
    }

    /** Answers with a piece, from 0 on, in order; the one before may be asked for again. No bytes: it was the last. */
    byte[] piece(WireReader in) {
        long number = in.readLong();
        long piece = in.readLong();
        lock.lock();
        try {
            StateCopy from = copy;
            boolean again = piece >= 0 && piece == pieces - 1;
            if (number != begun || (!again && (piece != pieces || from == null))) {
                throw new IllegalArgumentException(
                        "DTX-7055 this backup is not being read any more, for another one has begun, nobody has read on for a"
                                + " minute, or the member was started again: begin anew");
            }
            askedNanos = System.nanoTime();
            if (!again && from != null) {
                read(from);
            }
            byte[] sent = last;
            return Wire.message(Wire.OK, out -> out.writeBytes(sent));
        } finally {
            lock.unlock();
        }
    }

    private void read(StateCopy from) {
        try {
            last = from.next(PIECE_BYTES);
            pieces++;
        } catch (IllegalArgumentException e) {
            forget();
            throw e;
        }
        if (last.length == 0) {
            copy = null; // the last piece is repeated without it
        }
    }

    /** Lets go of the present one; nothing of it is answered any more, for an empty piece would say that it was whole. */
    private void forget() {
        begun++;
        copy = null;
        pieces = 0;
        last = new byte[0];
    }

    private void awaitSilence(long number) {
        CompletableFuture.delayedExecutor(silenceMillis, TimeUnit.MILLISECONDS, readers)
                .execute(() -> dropIfSilent(number));
    }

    private void dropIfSilent(long number) {
        lock.lock();
        try {
            if (number != begun || copy == null) {
                return;
            }
            if (System.nanoTime() - askedNanos < TimeUnit.MILLISECONDS.toNanos(silenceMillis)) {
                awaitSilence(number);
            } else {
                forget();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether it holds a state for somebody who reads it. */
    boolean isReading() {
        lock.lock();
        try {
            return copy != null;
        } finally {
            lock.unlock();
        }
    }
}
