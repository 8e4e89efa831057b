package io.dtx.benchmarks.log;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Sagas that are nothing but their awaited appends to the {@link IdealLog}: one before each step, one for the decision. */
public final class IdealSagas implements Contender {

    private static final long FILE_BYTES = 64 << 20;

    private final IdealLog log;
    private final Ledger ledger;
    private final int[] bytes;

    /**
     * Opens a log of its own.
     *
     * @param bytes the size of each append; steps are between them
     */
    public IdealSagas(Path directory, int callers, int[] bytes) throws IOException {
        this.log = new IdealLog(directory.resolve("ideal.log"), FILE_BYTES);
        this.ledger = new Ledger(callers, bytes.length - 1);
        this.bytes = bytes.clone();
    }

    @Override
    public String name() {
        return "ideal log";
    }

    @Override
    public void saga(int caller, int sequence) {
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
    public void close() throws IOException {
        log.close();
    }
}
