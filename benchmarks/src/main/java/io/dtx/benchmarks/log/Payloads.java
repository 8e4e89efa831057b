package io.dtx.benchmarks.log;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.RetrySchedule;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How many bytes dtx appends for a saga: encoded by dtx itself, so that the yardstick writes as many. */
public final class Payloads {

    private static final TransactionId ID = new TransactionId(0x1234567890abcdefL, 100, 100_000);
    private static final byte[] ARGUMENTS = new byte[2 * Integer.BYTES];
    private static final byte[] RESULT = new byte[Long.BYTES];
    private static final long BUDGET_MILLIS = 60_000;
    private static final int UID_CHARACTERS = 34; // of Narayana
    private static final String UID_START = "0".repeat(UID_CHARACTERS);
    private static final int UID_CALLERS = 0x1000; // four digits for each
    private static final int RECORD_BYTES = 681; // of Narayana, for two branches of dtx

    private Payloads() {}

    /**
     * Returns the bytes of each append of a saga whose steps take two ints and return a long.
     *
     * @param steps names of its steps
     */
    public static int[] ofSaga(String name, List<String> steps) {
        List<Integer> sizes = new ArrayList<>();
        List<LogCommand> held = new ArrayList<>();
        held.add(new LogCommand.Begin(ID, name, Recovery.BACKWARD, BUDGET_MILLIS, null));
        int call = 0;
        for (String step : steps) {
            long number = StepNumber.of(++call, 1);
            held.add(new LogCommand.StartStep(
                    ID,
                    number,
                    step,
                    null,
                    null,
                    false,
                    true,
                    BUDGET_MILLIS,
                    RetrySchedule.COMPENSATION,
                    ID.hashCode(),
                    ARGUMENTS));
            sizes.add(bytes(held));
            held.clear();
            held.add(new LogCommand.FinishStep(ID, number, RESULT));
        }
        held.add(new LogCommand.Decide(ID, Outcome.COMMIT, "", steps.size()));
        sizes.add(bytes(held));
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the bytes of the append of a decision of two branches, which also forgets an earlier one. */
    public static int ofDecision() {
        return bytes(List.of(
                new LogCommand.ForgetDecision(ID), new LogCommand.RecordDecision(ID, UID_START, 1, decisionRecord())));
    }

    /** Returns a record as long as that of a decision of two branches. */
    public static byte[] decisionRecord() {
        return new byte[RECORD_BYTES];
    }

    /** Returns a name for a transaction that is as long as those of Narayana. */
    public static String uid(int caller, int sequence) {
        String number = Integer.toHexString(sequence);
        return UID_START.substring(0, UID_CHARACTERS - 4 - number.length())
                + Integer.toHexString(UID_CALLERS + caller)
                + number;
    }

    private static int bytes(List<LogCommand> commands) {
        LogEntry entry = new LogEntry(1, 1, 1, 1, List.of(new SessionBatch(100, 100_000, 100_000, commands)));
        return EntryCodec.encode(entry, 0, ByteBuffer.allocate(1024)).limit();
    }
}
