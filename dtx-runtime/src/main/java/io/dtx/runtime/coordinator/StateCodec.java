package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.NumberRanges;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a state in a snapshot, and of its parts on the wire: a header, the sessions, the transactions, each an item that begins with its kind. A later
 * version appends fields to an item; this one skips what it does not know.
 */
public final class StateCodec {

    private static final int HEADER = 1;
    private static final int SESSION = 2;
    private static final int TRANSACTION = 3;
    private static final int ITEM_BYTES_MAX = Integer.MAX_VALUE - 8; // of an array; limits keep transactions far below

    private StateCodec() {}

    /** Returns the items of an unchanging view; encoded one by one as they are asked for, those that are over copied. */
    static Snapshot snapshot(StateView view) {
        return () -> Stream.of(
                        Stream.of(item(List.of(), out -> {
                            out.writeByte(HEADER);
                            out.writeLong(view.index());
                            out.writeLong(view.time());
                        })),
                        view.sessionsInOrder().stream().map(session -> item(List.of(), out -> write(session, out))),
                        view.presentInOrder().stream().map(tx -> item(payloads(tx), out -> write(tx, out))),
                        view.retained().encoded().map(bytes -> new Snapshot.Item(bytes, List.of())))
                .flatMap(items -> items);
    }

    /** Puts the items of a snapshot into an empty state. */
    static void restore(Snapshot snapshot, CoordinatorState state) {
        try (Stream<Snapshot.Item> items = snapshot.items()) {
            items.forEach(item -> restore(new WireReader(ByteBuffer.wrap(item.bytes())), state));
        } catch (IllegalArgumentException e) {
            throw new LogDamagedException("DTX-7020 a snapshot holds what a state cannot: " + e.getMessage(), e);
        }
    }

    /** Returns a transaction's bytes. */
    public static byte[] encode(TransactionState tx) {
        return item(List.of(), out -> write(tx, out)).bytes();
    }

    /** Returns a session's bytes. */
    public static byte[] encode(SessionState session) {
        return item(List.of(), out -> write(session, out)).bytes();
    }

    /** Reads a transaction's bytes. */
    public static TransactionState transaction(byte[] bytes) {
        WireReader in = new WireReader(ByteBuffer.wrap(bytes));
        in.readByte();
        return readTransaction(in);
    }

    /** Reads a session's bytes. */
    public static SessionState session(byte[] bytes) {
        WireReader in = new WireReader(ByteBuffer.wrap(bytes));
        in.readByte();
        return readSession(in);
    }

    private static void restore(WireReader in, CoordinatorState state) {
        switch (in.readByte()) {
            case HEADER -> state.restore(in.readLong(), in.readLong());
            case SESSION -> state.restore(readSession(in));
            case TRANSACTION -> state.restore(readTransaction(in));
            default ->
                throw new LogDamagedException(
                        "DTX-7021 a snapshot was written by a later version of dtx: start that version", null);
        }
    }

    private static Snapshot.Item item(List<Payload> payloads, Consumer<WireWriter> body) {
        for (long capacity = 1024; capacity < 2L * ITEM_BYTES_MAX; capacity *= 2) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(capacity, ITEM_BYTES_MAX));
            try {
                body.accept(new WireWriter(buffer));
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                return new Snapshot.Item(bytes, payloads);
            } catch (BufferOverflowException e) {
                continue; // into a larger one
            }
        }
        throw new IllegalStateException("DTX-9005 a state item is larger than " + ITEM_BYTES_MAX + " bytes");
    }

    /** Returns what will still be read: nobody compensates or re-enters a transaction that has ended. */
    private static List<Payload> payloads(TransactionState tx) {
        List<Payload> payloads = new ArrayList<>();
        addIfPresent(payloads, tx.record() == null ? null : tx.record().bytes());
        if (tx.status().isFinal()) {
            return payloads;
        }
        addIfPresent(payloads, tx.arguments());
        for (StepState step : tx.steps()) {
            addIfPresent(payloads, step.intent().arguments());
            addIfPresent(payloads, step.result());
        }
        return payloads;
    }

    private static void addIfPresent(List<Payload> payloads, @Nullable Payload payload) {
        if (payload != null) {
            payloads.add(payload);
        }
    }

    private static void write(SessionState session, WireWriter out) {
        out.writeByte(SESSION);
        out.writeLong(session.id());
        out.writeFixedLong(session.nonce());
        out.writeString(session.node());
        out.writeString(session.application());
        out.writeInt(session.hosted().size());
        session.hosted().forEach(out::writeString);
        out.writeLong(session.openedAt());
        out.writeLong(session.openedWallClock());
        out.writeLong(session.endedAt());
        out.writeLong(session.lastNumber());
        out.writeLong(session.lowWaterMark());
        long[] bounds = session.departed().bounds();
        out.writeInt(bounds.length);
        for (long each : bounds) {
            out.writeLong(each);
        }
    }

    private static SessionState readSession(WireReader in) {
        return new SessionState(
                in.readLong(),
                in.readFixedLong(),
                in.readString(),
                in.readString(),
                readList(in, WireReader::readString),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                NumberRanges.of(readList(in, WireReader::readLong).stream()
                        .mapToLong(Long::longValue)
                        .toArray()));
    }

    static void write(TransactionState tx, WireWriter out) {
        out.writeByte(TRANSACTION);
        out.writeFixedLong(tx.id().cluster());
        out.writeLong(tx.id().session());
        out.writeLong(tx.id().number());
        out.writeString(tx.name());
        out.writeByte(StateTags.of(tx.mode()));
        out.writeByte(StateTags.of(tx.recovery()));
        out.writeByte(StateTags.of(tx.status()));
        out.writeLong(tx.owner());
        out.writeInt(tx.entries());
        out.writeLong(tx.reentryAt());
        out.writeLong(tx.deadline());
        out.writeLong(tx.beganAt());
        out.writeLong(tx.beganWallClock());
        write(tx.decision(), out);
        write(tx.resolution(), out);
        out.writeLong(tx.endedAt());
        out.writeLong(tx.endedWallClock());
        write(tx.arguments(), out);
        TransactionState.DecisionRecord record = tx.record();
        out.writeByte(record == null ? 0 : 1);
        if (record != null) {
            out.writeString(record.uid());
            out.writeInt(record.version());
            write(record.bytes(), out);
        }
        out.writeLong(tx.bytes());
        out.writeInt(tx.steps().size());
        tx.steps().forEach(step -> out.writeSized(() -> write(step, out)));
    }

    private static TransactionState readTransaction(WireReader in) {
        return new TransactionState(
                new TransactionId(in.readFixedLong(), in.readLong(), in.readLong()),
                in.readString(),
                StateTags.mode(in.readByte()),
                StateTags.recovery(in.readByte()),
                StateTags.transactionStatus(in.readByte()),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readDecision(in),
                readDecision(in),
                in.readLong(),
                in.readLong(),
                readPayload(in),
                in.readByte() == 0 ? null : readRecord(in),
                in.readLong(),
                readList(in, each -> readStep(each.readSized())));
    }

    private static TransactionState.DecisionRecord readRecord(WireReader in) {
        return new TransactionState.DecisionRecord(in.readString(), in.readInt(), demand(readPayload(in)));
    }

    private static void write(TransactionState.@Nullable Decision decision, WireWriter out) {
        out.writeByte(decision == null ? 0 : 1);
        if (decision != null) {
            out.writeByte(StateTags.of(decision.outcome()));
            out.writeString(decision.reason());
            out.writeLong(decision.time());
            out.writeLong(decision.wallClock());
        }
    }

    private static TransactionState.@Nullable Decision readDecision(WireReader in) {
        return in.readByte() == 0
                ? null
                : new TransactionState.Decision(
                        StateTags.outcome(in.readByte()), in.readString(), in.readLong(), in.readLong());
    }

    private static void write(StepState step, WireWriter out) {
        StepState.Intent intent = step.intent();
        out.writeFixedLong(intent.number());
        out.writeString(intent.name());
        out.writeNullableString(intent.resource());
        out.writeNullableString(intent.databaseId());
        out.writeLong(intent.executor());
        out.writeByte((intent.pivot() ? 1 : 0) | (intent.compensable() ? 2 : 0) | (step.tookEffect() ? 4 : 0));
        out.writeLong(intent.budgetMillis());
        out.writeInt(intent.schedule().maxAttempts());
        out.writeLong(intent.schedule().delayMillis());
        out.writeFixedLong(Double.doubleToLongBits(intent.schedule().multiplier()));
        out.writeLong(intent.schedule().maxDelayMillis());
        out.writeFixedLong(Double.doubleToLongBits(intent.schedule().jitter()));
        out.writeFixedLong(intent.contract());
        write(intent.arguments(), out);
        out.writeLong(intent.startedAt());
        out.writeLong(intent.startedWallClock());
        out.writeByte(StateTags.of(step.status()));
        write(step.result(), out);
        out.writeInt(step.attempt());
        out.writeInt(step.attemptLimit());
        out.writeLong(step.claimer());
        out.writeLong(step.claimDeadline());
        out.writeLong(step.dueAt());
        out.writeLong(step.endedAt());
        out.writeLong(step.endedWallClock());
        out.writeString(step.failure());
    }

    private static StepState readStep(WireReader in) {
        long number = in.readFixedLong();
        String name = in.readString();
        String resource = in.readNullableString();
        String databaseId = in.readNullableString();
        long executor = in.readLong();
        int flags = in.readByte();
        StepState.Intent intent = new StepState.Intent(
                number,
                name,
                resource,
                databaseId,
                executor,
                (flags & 1) != 0,
                (flags & 2) != 0,
                in.readLong(),
                new RetrySchedule(
                        in.readInt(),
                        in.readLong(),
                        Double.longBitsToDouble(in.readFixedLong()),
                        in.readLong(),
                        Double.longBitsToDouble(in.readFixedLong())),
                in.readFixedLong(),
                readPayload(in),
                in.readLong(),
                in.readLong());
        return new StepState(
                intent,
                StateTags.stepStatus(in.readByte()),
                (flags & 4) != 0,
                readPayload(in),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readString());
    }

    private static void write(@Nullable Payload payload, WireWriter out) {
        out.writeLong(payload == null ? 0 : payload.index());
        out.writeInt(payload == null ? 0 : payload.ordinal());
    }

    private static @Nullable Payload readPayload(WireReader in) {
        long index = in.readLong();
        int ordinal = in.readInt();
        return index == 0 ? null : new Payload(index, ordinal);
    }

    private static Payload demand(@Nullable Payload payload) {
        if (payload == null) {
            throw new LogDamagedException("DTX-7020 a snapshot holds a decision without its record", null);
        }
        return payload;
    }

    private static <T> List<T> readList(WireReader in, java.util.function.Function<WireReader, T> element) {
        int size = in.readInt();
        List<T> list = new ArrayList<>(Math.min(size, 64));
        for (int i = 0; i < size; i++) {
            list.add(element.apply(in));
        }
        return list;
    }
}
