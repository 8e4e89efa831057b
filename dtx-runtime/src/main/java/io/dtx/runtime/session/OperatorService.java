package io.dtx.runtime.session;

import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a member answers to operators, and to other members, but not to applications: who is in the cluster, changes of it, and
 * backups.
 */
final class OperatorService {

    private static final System.Logger LOG = System.getLogger(OperatorService.class.getName());

    private final Roster roster;
    private final Executor readers;
    private final Backups backups;

    /**
     * Answers for a member.
     *
     * @param readers run what may wait for a disk, or for a lock of the log
     */
    OperatorService(Member member, Roster roster, Executor readers) {
        this.roster = roster;
        this.readers = readers;
        this.backups = new Backups(member, readers);
    }

    /** Answers a request that is for operators only; null if it is none. Never throws, never waits. */
    @Nullable
    CompletableFuture<byte[]> answer(byte[] request) {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        byte tag = bytes.hasRemaining() ? bytes.get() : 0;
        WireReader in = new WireReader(bytes);
        return switch (tag) {
            case Wire.ROSTER, Wire.ADD, Wire.REMOVE, Wire.TRANSFER -> read(() -> dispatch(tag, in));
            case Wire.BACKUP -> backups.begin().exceptionally(OperatorService::failed);
            case Wire.BACKUP_PIECE -> read(() -> backups.piece(in));
            default -> null;
        };
    }

    private CompletableFuture<byte[]> read(Supplier<byte[]> answer) {
        try {
            return CompletableFuture.supplyAsync(answer, readers).exceptionally(OperatorService::failed);
        } catch (RejectedExecutionException e) { // the member goes down
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private byte[] dispatch(byte tag, WireReader in) {
        return switch (tag) {
            case Wire.ROSTER -> ok(roster.view()::write);
            case Wire.ADD -> done(roster.add(in.readString()));
            case Wire.REMOVE -> done(roster.remove(in.readInt()));
            default -> done(roster.transferTo(in.readInt()));
        };
    }

    private static byte[] done(boolean done) {
        return ok(out -> out.writeByte(done ? 1 : 0));
    }

    private static byte[] ok(Consumer<WireWriter> fields) {
        return Wire.message(Wire.OK, fields);
    }

    private static byte[] failed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean forGood = cause instanceof ChangeRefusedException
                || cause instanceof IllegalArgumentException
                || cause instanceof LogDamagedException;
        if (!forGood) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-7044 a request was not answered", cause);
        }
        String reason = String.valueOf(cause.getMessage());
        return Wire.message(forGood ? Wire.REFUSED : Wire.NOT_LEADING, out -> out.writeString(reason));
    }
}
