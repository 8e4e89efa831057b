package io.dtx.benchmarks.embedded;

import io.dtx.benchmarks.load.Ledger;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;

/** A process that is alone with its log, and has the {@link NoOpSaga}. */
final class EmbeddedDtx implements AutoCloseable {

    private final Dtx dtx;
    private final NoOpSaga saga;

    /** Is ready to {@link #start}. */
    EmbeddedDtx(Path directory, Ledger ledger) {
        dtx = Dtx.builder()
                .config("dtx.log", "file")
                .config("dtx.log.dir", directory.toString())
                .build();
        saga = dtx.create(NoOpSaga.class, dtx.create(NoOpSteps.class, ledger));
    }

    EmbeddedDtx start() {
        dtx.start();
        return this;
    }

    NoOpSaga saga() {
        return saga;
    }

    @Override
    public void close() {
        dtx.close();
    }
}
