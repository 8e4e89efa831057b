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
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a member answers to those who have sessions, and to operators. Reads wait until the member's state holds everything that
 * was answered to anybody before: so any member may be asked. What only a leader can answer, another refuses. Thread-safe.
 */
public final class MemberService {

    private static final System.Logger LOG = System.getLogger(MemberService.class.getName());

    /** The application of the sessions that operators open. */
    public static final String OPERATOR = "dtx-operator";

    private static final int SESSIONS_MAX = 256;

    private final Member member;
    private final Executor readers;
    private final int sessionsMax;
    private final Supplier<List<String>> addresses;
    private final TransactionPages pages;

    /**
     * Answers for a member.
     *
     * @param readers run what may wait for a disk, or takes long
     */
    public MemberService(Member member, Executor readers) {
        this(member, readers, SESSIONS_MAX, List::of);
    }

    /**
     * Answers for a member.
     *
     * @param readers run what may wait for a disk, or takes long
     * @param sessionsMax how many sessions an application may have open
     * @param addresses where all members of the cluster listen now; those who have sessions are told
     */
    public MemberService(Member member, Executor readers, int sessionsMax, Supplier<List<String>> addresses) {
        this.member = member;
        this.readers = readers;
        this.sessionsMax = sessionsMax;
        this.addresses = addresses;
        this.pages = new TransactionPages(member);
    }

    /** Answers a request of somebody who may speak for every application; never throws, never waits. */
    public CompletableFuture<byte[]> answer(byte[] request) {
        return answer(request, null);
    }

    /**
     * Answers a request; never throws, never waits.
     *
     * @param speaksFor says for which applications the asker may open sessions and speak; null: for all
     */
    CompletableFuture<byte[]> answer(byte[] request, @Nullable Predicate<String> speaksFor) {
        try {
            return dispatch(ByteBuffer.wrap(request), speaksFor).exceptionally(MemberService::failed);
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

    private CompletableFuture<byte[]> dispatch(ByteBuffer request, @Nullable Predicate<String> speaksFor) {
        byte tag = request.get();
        WireReader in = new WireReader(request);
        return switch (tag) {
            case Wire.HELLO -> now(this::hello);
            case Wire.APPLY -> apply(request, speaksFor);
            case Wire.HEARTBEAT -> now(() -> heartbeat(own(in.readLong(), speaksFor)));
            case Wire.TRANSACTION -> {
                TransactionId id = Wire.id(in);
                yield behindBarrier(() -> pages.one(id));
            }
            case Wire.PART -> {
                TransactionId id = Wire.id(in);
                int offset = in.readInt();
                yield behindBarrier(() -> pages.part(id, offset));
            }
            case Wire.TRANSACTIONS, Wire.DECISIONS -> {
                TransactionId last = in.readByte() == 0 ? null : Wire.id(in);
                yield behindBarrier(() -> tag == Wire.DECISIONS ? pages.decisionsBehind(last) : pages.behind(last));
            }
            case Wire.SESSIONS -> behindBarrier(this::sessions);
            case Wire.PENDING -> pending(own(in.readLong(), speaksFor), in.readInt());
            case Wire.READ -> read(Wire.payload(in));
            case Wire.STATUS -> status();
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

    private CompletableFuture<byte[]> apply(ByteBuffer request, @Nullable Predicate<String> speaksFor) {
        SessionBatch batch = Wire.batch(request.slice());
        String objection = "";
        if (batch.session() != 0) {
            own(batch.session(), speaksFor);
        } else {
            objection = objection(batch, speaksFor);
        }
        CompletableFuture<List<Reply>> replies = objection.isEmpty()
                ? member.submit(batch)
                : CompletableFuture.completedFuture(List.of(Reply.rejected(objection, null)));
        return replies.thenApply(each -> ok(out -> Wire.write(each, out, Wire::write)));
    }

    /** Says why a session is not opened now; whoever asks goes on to ask. Empty: it is. */
    private String objection(SessionBatch batch, @Nullable Predicate<String> speaksFor) {
        if (batch.commands().size() != 1 || !(batch.commands().get(0) instanceof LogCommand.OpenSession opening)) {
            throw new IllegalArgumentException(
                    "DTX-7050 without a session nothing can be said but that one is opened: members end sessions themselves");
        }
        if (speaksFor != null && !speaksFor.test(opening.application())) {
            return stranger(opening.application());
        }
        return !member.leads() || member.hasRoomFor(opening, sessionsMax) // only a leader knows how many there are
                ? ""
                : "DTX-7053 application " + opening.application() + " has " + sessionsMax
                        + " sessions open, as many as dtx.application.sessions.max allows: dtx status shows whose they"
                        + " are; end processes of it, or raise that on every member";
    }

    /** Returns the session, if the asker may speak for it; one that is not known is nobody's. */
    private long own(long session, @Nullable Predicate<String> speaksFor) {
        String application = speaksFor == null ? null : member.applicationOf(session);
        if (speaksFor != null && application != null && !speaksFor.test(application)) {
            throw new IllegalArgumentException(stranger(application));
        }
        return session;
    }

    private static String stranger(String application) {
        return "DTX-7052 the certificate does not let its holder speak for application " + application
                + ": give it the name URI:dtx:application:" + application + ", or none of that kind";
    }

    private byte[] heartbeat(long session) {
        boolean open = member.heartbeat(session);
        boolean pending = open && !member.pendingActions(session, 1).isEmpty();
        return ok(out -> {
            out.writeByte(open ? 1 : 0);
            out.writeByte(pending ? 1 : 0);
            out.writeFixedLong(member.census());
            Wire.write(open ? addresses.get() : List.of(), out, (each, to) -> to.writeString(each));
        });
    }

    private byte[] sessions() {
        OpenSessions open = member.openSessions();
        return ok(out -> {
            out.writeLong(open.index());
            Wire.write(open.sessions(), out, (each, to) -> to.writeBytes(StateCodec.encode(each.withoutHosted())));
        });
    }

    private CompletableFuture<byte[]> pending(long session, int perLane) {
        return now(() -> {
            List<Action> actions = member.pendingActions(session, perLane);
            return ok(out -> Wire.write(actions, out, Wire::write));
        });
    }

    /** Counts all that is retained: not on the thread that brings the question. */
    private CompletableFuture<byte[]> status() {
        return CompletableFuture.supplyAsync(() -> ok(out -> Inspection.write(member.view(), out)), readers);
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
