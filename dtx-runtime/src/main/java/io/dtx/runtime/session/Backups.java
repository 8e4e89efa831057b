package io.dtx.runtime.session;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.coordinator.StateCopy;
import io.dtx.runtime.log.WireReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The backup that is being read from a member, piece by piece; one at a time: who begins another one ends the one before. Of the
 * state it keeps references only, for as long as it is read. Thread-safe.
 */
final class Backups {

    private static final int PIECE_BYTES = 1 << 19;

    private final Member member;
    private final Executor readers;
    private final ReentrantLock lock = new ReentrantLock();
    private long begun;
    private @Nullable StateCopy copy;
    private long pieces;
    private byte[] last = {};

    Backups(Member member, Executor readers) {
        this.member = member;
        this.readers = readers;
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
            copy = now;
            pieces = 0;
            last = new byte[0];
            long number = ++begun;
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
            if (from == null || number != begun || piece > pieces || piece < pieces - 1) {
                throw new IllegalArgumentException(
                        "DTX-7055 this backup is not being read any more, for another one has"
                                + " begun, or the member was started again: begin anew");
            }
            if (piece == pieces) {
                last = from.next(PIECE_BYTES);
                pieces++;
            }
            byte[] sent = last;
            return Wire.message(Wire.OK, out -> out.writeBytes(sent));
        } catch (IllegalArgumentException e) {
            copy = null;
            throw e;
        } finally {
            lock.unlock();
        }
    }
}
