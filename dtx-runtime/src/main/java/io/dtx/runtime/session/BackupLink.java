package io.dtx.runtime.session;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.runtime.log.WireReader;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Reads a backup from whichever member gives one. Used by one thread. */
public final class BackupLink {

    private static final int TRIES = 5;

    private final List<MemberChannel> channels;
    private final long timeoutMillis;

    /**
     * Creates it.
     *
     * @param timeoutMillis how long to wait for each answer
     */
    public BackupLink(List<MemberChannel> channels, long timeoutMillis) {
        this.channels = List.copyOf(channels);
        this.timeoutMillis = timeoutMillis;
    }

    /** Takes a backup; when one could not be read to its end, another one begins. */
    public interface Taker {
        /** A backup begins, in the place of an earlier one; returns what takes its bytes. */
        Consumer<byte[]> begin(long cluster, long index, long time, long wallClock);
    }

    /**
     * Reads a backup.
     *
     * @throws CoordinatorUnavailableException if no member has given one
     */
    public void read(Taker taker) {
        String last = "";
        for (int tries = 0; tries < TRIES; tries++) {
            for (MemberChannel each : channels) {
                try {
                    read(each, taker);
                    return;
                } catch (CompletionException | IllegalStateException e) { // of this member, or of this backup
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    last = each.address() + ": " + cause.getMessage();
                }
            }
        }
        throw new CoordinatorUnavailableException(
                null, "DTX-8022 no member has given a backup; the last one asked: " + last, null);
    }

    private void read(MemberChannel from, Taker taker) {
        WireReader begun = ask(from, Wire.message(Wire.BACKUP, out -> {}));
        long number = begun.readLong();
        Consumer<byte[]> to = taker.begin(begun.readFixedLong(), begun.readLong(), begun.readLong(), begun.readLong());
        for (long piece = 0; ; piece++) {
            long next = piece;
            byte[] bytes = ask(from, Wire.message(Wire.BACKUP_PIECE, out -> {
                        out.writeLong(number);
                        out.writeLong(next);
                    }))
                    .readBytes();
            if (bytes.length == 0) {
                return;
            }
            to.accept(bytes);
        }
    }

    private WireReader ask(MemberChannel member, byte[] request) {
        return Inspection.answered(member.request(request, timeoutMillis).join());
    }
}
