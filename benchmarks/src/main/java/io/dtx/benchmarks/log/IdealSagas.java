package io.dtx.benchmarks.log;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Sagas that are nothing but their awaited appends to a log that does no more than it must: one before each step, one for the decision. */
public final class IdealSagas implements Contender {

    private static final long FILE_BYTES = 64 << 20;

    private final AppendLog log;
    private final Ledger ledger;
    private final int[] bytes;

    /**
     * Appends to this log, and closes it in the end.
     *
     * @param bytes the size of each append; steps are between them
     */
    public IdealSagas(AppendLog log, int callers, int[] bytes) {
        this.log = log;
        this.ledger = new Ledger(callers, bytes.length - 1);
        this.bytes = bytes.clone();
    }

    /** Makes a log of its own in the directory. */
    public static IdealSagas embedded(Path directory, int callers, int[] bytes) throws IOException {
        return new IdealSagas(new IdealLog(directory.resolve("ideal.log"), FILE_BYTES), callers, bytes);
    }

    @Override
    public String name() {
        return "ideal log";
    }

    @Override
    public void saga(int caller, int sequence) throws IOException {
        for (int step = 0; step < bytes.length; step++) {
            byte[] record = new byte[bytes[step]];
            ByteBuffer.wrap(record).putInt(caller).putInt(sequence).putInt(step);
            log.append(record);
            if (step < bytes.length - 1) {
                ledger.mark(caller, sequence, step);
            }
        }
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public long forces() {
        return log.forces();
    }

    @Override
    public long foreignCpuNanos() {
        return log.foreignCpuNanos();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
