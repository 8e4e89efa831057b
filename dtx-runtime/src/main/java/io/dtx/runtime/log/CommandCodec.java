package io.dtx.runtime.log;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Begin;
import io.dtx.runtime.protocol.LogCommand.ClaimAction;
import io.dtx.runtime.protocol.LogCommand.CloseSession;
import io.dtx.runtime.protocol.LogCommand.Decide;
import io.dtx.runtime.protocol.LogCommand.ExpireSession;
import io.dtx.runtime.protocol.LogCommand.FailCompensation;
import io.dtx.runtime.protocol.LogCommand.FailStep;
import io.dtx.runtime.protocol.LogCommand.FinishCompensation;
import io.dtx.runtime.protocol.LogCommand.FinishStep;
import io.dtx.runtime.protocol.LogCommand.ForgetDecision;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.LogCommand.OpenSession;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogCommand.Park;
import io.dtx.runtime.protocol.LogCommand.RecordDecision;
import io.dtx.runtime.protocol.LogCommand.RecordHeuristic;
import io.dtx.runtime.protocol.LogCommand.Resolve;
import io.dtx.runtime.protocol.LogCommand.Retry;
import io.dtx.runtime.protocol.LogCommand.StartStep;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of each command: its tag, a length, and its fields in the order of the record. A later version appends fields;
 * this one skips what it does not know behind those it knows. A tag that it does not know stops the member.
 */
final class CommandCodec {

    private static final int FLAG_PIVOT = 1;
    private static final int FLAG_COMPENSABLE = 2;
    private static final int FLAGS_KNOWN = FLAG_PIVOT | FLAG_COMPENSABLE;
    private static final byte COMMIT = 1;
    private static final byte ABORT = 2;
    private static final byte BACKWARD = 1;
    private static final byte FORWARD = 2;

    private CommandCodec() {}

    static void write(LogCommand command, WireWriter out) {
        out.writeByte(command.tag());
        out.writeSized(() -> writeFields(command, out));
    }

    static LogCommand read(WireReader in) {
        byte tag = in.readByte();
        try {
            return readFields(tag, in.readSized());
        } catch (IllegalArgumentException e) { // a transaction id or a schedule that cannot be one
            throw new LogDamagedException(
                    "DTX-5003 a command with tag " + tag + " holds what it cannot: " + e.getMessage(), e);
        }
    }

    static void skip(WireReader in) {
        in.readByte();
        in.readSized();
    }

    /** Returns the arguments, result or decision that a command carries, else null. */
    static byte @Nullable [] payload(LogCommand command) {
        if (command instanceof StartStep start) {
            return start.arguments();
        }
        if (command instanceof FinishStep finish) {
            return finish.result();
        }
        if (command instanceof Begin begin) {
            return begin.arguments();
        }
        return command instanceof RecordDecision decision ? decision.bytes() : null;
    }

    private static void writeFields(LogCommand command, WireWriter out) {
        switch (command.tag()) {
            case 1 -> write((OpenSession) command, out);
            case 2 -> {}
            case 3 -> out.writeLong(((ExpireSession) command).session());
            case 4 -> write((Begin) command, out);
            case 5 -> write((StartStep) command, out);
            case 6 -> write((FinishStep) command, out);
            case 7 -> write((FailStep) command, out);
            case 8 -> write((Decide) command, out);
            case 9 -> write((ClaimAction) command, out);
            case 10 -> write((FinishCompensation) command, out);
            case 11 -> write((FailCompensation) command, out);
            case 12 -> write((Park) command, out);
            case 13 -> write(((Retry) command).transaction(), out);
            case 14 -> write((Resolve) command, out);
            case 15 -> write((RecordDecision) command, out);
            case 16 -> write(((ForgetDecision) command).transaction(), out);
            case 17 -> write((RecordHeuristic) command, out);
            default -> throw new IllegalArgumentException("DTX-5005 no bytes are laid down for " + command);
        }
    }

    private static LogCommand readFields(byte tag, WireReader in) {
        return switch (tag) {
            case 1 -> new OpenSession(in.readFixedLong(), in.readString(), in.readString(), strings(in));
            case 2 -> new CloseSession();
            case 3 -> new ExpireSession(in.readLong());
            case 4 -> new Begin(id(in), in.readString(), recovery(in), in.readLong(), in.readNullableBytes());
            case 5 -> startStep(in);
            case 6 -> new FinishStep(id(in), in.readLong(), in.readNullableBytes());
            case 7 -> new FailStep(id(in), in.readLong(), bool(in), in.readString());
            case 8 -> new Decide(id(in), outcome(in), in.readString(), in.readInt());
            case 9 -> new ClaimAction(id(in), in.readLong(), in.readInt(), in.readLong());
            case 10 -> new FinishCompensation(id(in), in.readLong());
            case 11 -> new FailCompensation(id(in), in.readLong(), in.readInt(), in.readString());
            case 12 -> new Park(id(in), in.readLong(), in.readInt(), in.readString());
            case 13 -> new Retry(id(in));
            case 14 -> new Resolve(id(in), outcome(in), in.readString());
            case 15 -> new RecordDecision(id(in), in.readString(), in.readInt(), in.readBytes());
            case 16 -> new ForgetDecision(id(in));
            case 17 -> new RecordHeuristic(id(in), in.readString(), heuristic(in.readByte()), in.readString());
            default ->
                throw new LogDamagedException(
                        "DTX-5004 a command has tag " + tag + ", which this version of dtx does not know;"
                                + " start the version that wrote the log, or a later one",
                        null);
        };
    }

    private static void write(OpenSession open, WireWriter out) {
        out.writeFixedLong(open.nonce());
        out.writeString(open.node());
        out.writeString(open.application());
        out.writeInt(open.hosted().size());
        open.hosted().forEach(out::writeString);
    }

    private static void write(Begin begin, WireWriter out) {
        write(begin.transaction(), out);
        out.writeString(begin.name());
        out.writeByte(begin.recovery() == Recovery.FORWARD ? FORWARD : BACKWARD);
        out.writeLong(begin.timeoutMillis());
        out.writeNullableBytes(begin.arguments());
    }

    private static void write(StartStep start, WireWriter out) {
        write(start.transaction(), out);
        out.writeLong(start.step());
        out.writeString(start.name());
        out.writeNullableString(start.resource());
        out.writeNullableString(start.databaseId());
        out.writeByte((start.pivot() ? FLAG_PIVOT : 0) | (start.compensable() ? FLAG_COMPENSABLE : 0));
        out.writeLong(start.budgetMillis());
        RetrySchedule schedule = start.schedule();
        out.writeInt(schedule.maxAttempts());
        out.writeLong(schedule.delayMillis());
        out.writeFixedLong(Double.doubleToRawLongBits(schedule.multiplier()));
        out.writeLong(schedule.maxDelayMillis());
        out.writeFixedLong(Double.doubleToRawLongBits(schedule.jitter()));
        out.writeFixedLong(start.contract());
        out.writeNullableBytes(start.arguments());
    }

    private static StartStep startStep(WireReader in) {
        TransactionId transaction = id(in);
        long step = in.readLong();
        String name = in.readString();
        String resource = in.readNullableString();
        String databaseId = in.readNullableString();
        int flags = in.readByte();
        if ((flags & ~FLAGS_KNOWN) != 0) {
            throw new LogDamagedException(
                    "DTX-5004 a step has flags " + flags + ", which this version of dtx does not know", null);
        }
        long budget = in.readLong();
        RetrySchedule schedule = new RetrySchedule(in.readInt(), in.readLong(), real(in), in.readLong(), real(in));
        return new StartStep(
                transaction,
                step,
                name,
                resource,
                databaseId,
                (flags & FLAG_PIVOT) != 0,
                (flags & FLAG_COMPENSABLE) != 0,
                budget,
                schedule,
                in.readFixedLong(),
                in.readNullableBytes());
    }

    private static void write(FinishStep finish, WireWriter out) {
        write(finish.transaction(), out);
        out.writeLong(finish.step());
        out.writeNullableBytes(finish.result());
    }

    private static void write(FailStep fail, WireWriter out) {
        write(fail.transaction(), out);
        out.writeLong(fail.step());
        out.writeByte(fail.doubt() ? 1 : 0);
        out.writeString(fail.reason());
    }

    private static void write(Decide decide, WireWriter out) {
        write(decide.transaction(), out);
        write(decide.outcome(), out);
        out.writeString(decide.reason());
        out.writeInt(decide.stepsSeen());
    }

    private static void write(ClaimAction claim, WireWriter out) {
        write(claim.transaction(), out);
        out.writeLong(claim.step());
        out.writeInt(claim.attempt());
        out.writeLong(claim.timeoutMillis());
    }

    private static void write(FinishCompensation finish, WireWriter out) {
        write(finish.transaction(), out);
        out.writeLong(finish.step());
    }

    private static void write(FailCompensation fail, WireWriter out) {
        write(fail.transaction(), out);
        out.writeLong(fail.step());
        out.writeInt(fail.attempt());
        out.writeString(fail.reason());
    }

    private static void write(Park park, WireWriter out) {
        write(park.transaction(), out);
        out.writeLong(park.step());
        out.writeInt(park.attempt());
        out.writeString(park.reason());
    }

    private static void write(Resolve resolve, WireWriter out) {
        write(resolve.transaction(), out);
        write(resolve.outcome(), out);
        out.writeString(resolve.reason());
    }

    private static void write(RecordDecision decision, WireWriter out) {
        write(decision.transaction(), out);
        out.writeString(decision.uid());
        out.writeInt(decision.version());
        out.writeBytes(decision.bytes());
    }

    private static void write(RecordHeuristic heuristic, WireWriter out) {
        write(heuristic.transaction(), out);
        out.writeString(heuristic.resource());
        out.writeByte(
                switch (heuristic.ending()) {
                    case COMMITTED -> 1;
                    case ROLLED_BACK -> 2;
                    case MIXED -> 3;
                    case HAZARD -> 4;
                });
        out.writeString(heuristic.reason());
    }

    private static Heuristic heuristic(byte tag) {
        return switch (tag) {
            case 1 -> Heuristic.COMMITTED;
            case 2 -> Heuristic.ROLLED_BACK;
            case 3 -> Heuristic.MIXED;
            case 4 -> Heuristic.HAZARD;
            default -> throw new LogDamagedException("DTX-5003 " + tag + " where 1 to 4 was expected", null);
        };
    }

    private static void write(TransactionId id, WireWriter out) {
        out.writeFixedLong(id.cluster());
        out.writeLong(id.session());
        out.writeLong(id.number());
    }

    private static TransactionId id(WireReader in) {
        return new TransactionId(in.readFixedLong(), in.readLong(), in.readLong());
    }

    private static void write(Outcome outcome, WireWriter out) {
        out.writeByte(outcome == Outcome.COMMIT ? COMMIT : ABORT);
    }

    private static Outcome outcome(WireReader in) {
        return oneOf(in, COMMIT, ABORT) == COMMIT ? Outcome.COMMIT : Outcome.ABORT;
    }

    private static Recovery recovery(WireReader in) {
        return oneOf(in, BACKWARD, FORWARD) == BACKWARD ? Recovery.BACKWARD : Recovery.FORWARD;
    }

    private static boolean bool(WireReader in) {
        return oneOf(in, 0, 1) == 1;
    }

    private static int oneOf(WireReader in, int first, int second) {
        byte value = in.readByte();
        if (value != first && value != second) {
            throw new LogDamagedException(
                    "DTX-5003 " + value + " where " + first + " or " + second + " was expected", null);
        }
        return value;
    }

    private static double real(WireReader in) {
        return Double.longBitsToDouble(in.readFixedLong());
    }

    private static List<String> strings(WireReader in) {
        int count = in.readCount(1);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readString());
        }
        return List.copyOf(texts);
    }
}
