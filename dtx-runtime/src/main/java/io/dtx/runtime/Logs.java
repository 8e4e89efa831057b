package io.dtx.runtime;

import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.log.file.FileLog;
import java.nio.file.Path;

/** Makes the coordinator log that the configuration names. */
final class Logs {

    private static final System.Logger LOG = System.getLogger(Logs.class.getName());

    private Logs() {}

    /** Returns a coordinator that is not open yet. */
    static Coordinator coordinator(DtxConfig config) {
        return config.oneOf(Setting.LOG, "file", "memory", "raft").equals("raft")
                ? new Coordinator(Members.link(config))
                : new Coordinator(open(config), limits(config));
    }

    static CoordinatorLog open(DtxConfig config) {
        if (config.oneOf(Setting.LOG, "file", "memory").equals("memory")) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-1016 dtx.log=memory: decisions are lost when this process ends. For tests only.");
            return new MemoryLog();
        }
        Path directory = Path.of(config.text(Setting.LOG_DIR)).toAbsolutePath().normalize();
        LOG.log(System.Logger.Level.INFO, "DTX-1001 the coordinator log is in {0}", directory);
        return new FileLog(
                directory, config.number(Setting.LOG_SEGMENT_BYTES), config.number(Setting.LOG_SNAPSHOT_BYTES));
    }

    static Limits limits(DtxConfig config) {
        return new Limits(
                config.number(Setting.OPEN_BYTES_MAX),
                config.number(Setting.PARKED_BYTES_MAX),
                config.number(Setting.RETAINED_BYTES_MAX),
                config.number(Setting.TRANSACTION_BYTES_MAX),
                config.millis(Setting.RETENTION));
    }
}
