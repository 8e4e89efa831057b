package io.dtx.benchmarks.noop;

import io.dtx.benchmarks.load.Ledger;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;
import java.util.Map;

/** dtx in this process, with the {@link NoOpSaga}. */
final class NoOpProcess implements AutoCloseable {

    private final Dtx dtx;
    private final NoOpSaga saga;

    /** Is ready to {@link #start}. */
    NoOpProcess(Map<String, String> settings, Ledger ledger) {
        Dtx.Builder builder = Dtx.builder();
        settings.forEach(builder::config);
        dtx = builder.build();
        saga = dtx.create(NoOpSaga.class, dtx.create(NoOpSteps.class, ledger));
    }

    /** What makes a process be alone with its log. */
    static Map<String, String> embedded(Path directory) {
        return Map.of("dtx.log", "file", "dtx.log.dir", directory.toString());
    }

    NoOpProcess start() {
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
