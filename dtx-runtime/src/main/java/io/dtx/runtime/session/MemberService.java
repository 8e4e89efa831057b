package io.dtx.runtime.session;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.coordinator.NotLeadingException;
import io.dtx.runtime.coordinator.OpenSessions;
import io.dtx.runtime.coordinator.StateCodec;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.TransactionState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a member answers to those who have sessions, and to operators. Reads wait until the member's state holds everything that
 * was answered to anybody before: so any member may be asked. What only a leader can answer, another refuses. Thread-safe.
 */
public final class MemberService {

    private static final System.Logger LOG = System.getLogger(MemberService.class.getName());

    private static final int PAGE_BYTES = 1 << 19;
    private static final int PAGE_MAX = 512;

    private final Member member;
    private final Executor readers;

    /**
     * Answers for a member.
     *
     * @param readers run what may wait for a disk
     */
    public MemberService(Member member, Executor readers) {
        this.member = member;
        this.readers = readers;
    }

    /** Answers a request; never throws, never waits. */
    public CompletableFuture<byte[]> answer(byte[] request) {
        try {
            return dispatch(ByteBuffer.wrap(request)).exceptionally(MemberService::failed);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    /** Returns the session whose heartbeat a request is; 0: it is none. */
    static long heartbeat(byte[] request) {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        try {
            return bytes.hasRemaining() && bytes.get() == Wire.HEARTBEAT ? new WireReader(bytes).readLong() : 0;
        } catch (LogDamagedException e) {
            return 0; // who sends such bytes is told in the answer
        }
    }

    /** Returns whether the answer to a heartbeat says that its session is open. */
    static boolean saysOpen(byte[] answer) {
        return answer.length > 1 && answer[0] == Wire.OK && answer[1] == 1;
    }

    private CompletableFuture<byte[]> dispatch(ByteBuffer request) {
        byte tag = request.get();
        WireReader in = new WireReader(request);
        return switch (tag) {
            case Wire.HELLO -> now(this::hello);
            case Wire.APPLY -> apply(request);
            case Wire.HEARTBEAT -> now(() -> heartbeat(in.readLong()));
            case Wire.TRANSACTION -> transaction(Wire.id(in));
            case Wire.TRANSACTIONS -> transactions(in.readByte() == 0 ? null : Wire.id(in));
            case Wire.SESSIONS -> behindBarrier(this::sessions);
            case Wire.PENDING -> pending(in.readLong(), in.readInt());
            case Wire.READ -> read(Wire.payload(in));
            case Wire.STATUS -> now(() -> ok(out -> Inspection.write(member.view(), out)));
            case Wire.BARRIER -> behindBarrier(() -> ok(out -> {}));
            default ->
                throw new IllegalArgumentException("DTX-7043 request " + tag
                        + " is not known here: run the same version of dtx, or a later one, on every member");
        };
    }

    private byte[] hello() {
        return ok(out -> {
            out.writeFixedLong(member.cluster());
            out.writeByte(member.leads() ? 1 : 0);
        });
    }

    private CompletableFuture<byte[]> apply(ByteBuffer request) {
        SessionBatch batch = Wire.batch(request.slice());
        if (batch.session() == 0 && !opensASession(batch)) {
            throw new IllegalArgumentException(
                    "DTX-7050 without a session nothing can be said but that one is opened: members end sessions themselves");
        }
        return member.submit(batch).thenApply(replies -> ok(out -> Wire.write(replies, out, Wire::write)));
    }

    private static boolean opensASession(SessionBatch batch) {
        return batch.commands().size() == 1 && batch.commands().get(0) instanceof LogCommand.OpenSession;
    }

    private byte[] heartbeat(long session) {
        boolean open = member.heartbeat(session);
        boolean pending = open && !member.pendingActions(session, 1).isEmpty();
        return ok(out -> {
            out.writeByte(open ? 1 : 0);
            out.writeByte(pending ? 1 : 0);
        });
    }

    private CompletableFuture<byte[]> transaction(TransactionId id) {
        return behindBarrier(() -> {
            TransactionState found = member.transaction(id);
            return ok(out -> out.writeNullableBytes(found == null ? null : StateCodec.encode(found)));
        });
    }

    /** Answers with as many transactions behind one as fit, and whether there are more. */
    private CompletableFuture<byte[]> transactions(@Nullable TransactionId last) {
        return behindBarrier(() -> {
            List<byte[]> page = member.transactionsBehind(last, PAGE_MAX).stream()
                    .map(StateCodec::encode)
                    .toList();
            int fits = 0;
            int bytes = 0;
            while (fits < page.size() && (fits == 0 || bytes + page.get(fits).length <= PAGE_BYTES)) {
                bytes += page.get(fits++).length;
            }
            boolean more = fits < page.size() || page.size() == PAGE_MAX;
            List<byte[]> sent = page.subList(0, fits);
            return ok(out -> {
                Wire.write(sent, out, (each, to) -> to.writeBytes(each));
                out.writeByte(more ? 1 : 0);
            });
        });
    }

    private byte[] sessions() {
        OpenSessions open = member.openSessions();
        return ok(out -> {
            out.writeLong(open.index());
            Wire.write(open.sessions(), out, (each, to) -> to.writeBytes(StateCodec.encode(each)));
        });
    }

    private CompletableFuture<byte[]> pending(long session, int perLane) {
        return now(() -> {
            List<Action> actions = member.pendingActions(session, perLane);
            return ok(out -> Wire.write(actions, out, Wire::write));
        });
    }

    private CompletableFuture<byte[]> read(Payload payload) {
        return behindBarrier(() -> ok(out -> out.writeBytes(member.read(payload))));
    }

    private static CompletableFuture<byte[]> now(Supplier<byte[]> answer) {
        return CompletableFuture.completedFuture(answer.get());
    }

    private CompletableFuture<byte[]> behindBarrier(Supplier<byte[]> answer) {
        Function<@Nullable Void, byte[]> read = nothing -> answer.get();
        return member.readBarrier().thenApplyAsync(read, readers);
    }

    private static byte[] ok(Consumer<WireWriter> fields) {
        return Wire.message(Wire.OK, fields);
    }

    private static byte[] failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean elsewhere = !(cause instanceof IllegalArgumentException); // what is wrong here may be right at another
        if (!(cause instanceof NotLeadingException)) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-7044 a request was not answered", cause);
        }
        String reason = String.valueOf(cause.getMessage());
        return Wire.message(elsewhere ? Wire.NOT_LEADING : Wire.REFUSED, out -> out.writeString(reason));
    }
}
