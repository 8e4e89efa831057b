package io.dtx.runtime;

/** Every configuration key, with its default and what it means; docs/configuration.md is checked against this list. */
enum Setting {
    LOG("dtx.log", "file", "where decisions are kept: file (embedded, durable) or memory (tests)"),
    LOG_DIR("dtx.log.dir", "./dtx-data", "the embedded log's directory; one process at a time"),
    LOG_SEGMENT_BYTES("dtx.log.segment.bytes", "16777216", "size of a log segment, preallocated"),
    LOG_SNAPSHOT_BYTES("dtx.log.snapshot.bytes", "67108864", "how much log is written between two snapshots"),
    APPLICATION("dtx.application", "application", "the application's name, the same in all of its processes"),
    NODE("dtx.node", "", "this process's name, stable over restarts; empty: the host's name"),
    GUARD_DDL("dtx.guard.ddl", "create", "create: make missing guard tables; validate: refuse to start without them"),
    GUARD_RETENTION("dtx.guard.retention", "24h", "how long guard rows of finished transactions stay"),
    GUARD_SWEEP_INTERVAL("dtx.guard.sweep.interval", "5m", "how often old guard rows are deleted"),
    TRANSACTION_TIMEOUT("dtx.transaction.timeout", "60s", "how long a transaction may stay undecided"),
    COMPENSATION_WAIT("dtx.compensation.wait", "10s", "how long a failed call waits for its compensations"),
    COMPENSATION_ATTEMPT_TIMEOUT(
            "dtx.compensation.attempt-timeout", "30s", "how long one attempt at a compensation may take"),
    RETENTION("dtx.retention", "10m", "how long the outcome of a finished transaction can be asked for"),
    OPEN_BYTES_MAX("dtx.open.bytes.max", "268435456", "above it no transaction is begun"),
    PARKED_BYTES_MAX("dtx.parked.bytes.max", "67108864", "above it no transaction is begun"),
    RETAINED_BYTES_MAX("dtx.retained.bytes.max", "67108864", "above it the oldest finished transactions leave early"),
    TRANSACTION_BYTES_MAX("dtx.transaction.bytes.max", "16777216", "what one transaction may record"),
    CLOSE_WAIT(
            "dtx.close.wait", "10s", "how long close() waits for the transactions and compensations that are running");

    final String key;
    final String defaultValue;
    final String meaning;

    Setting(String key, String defaultValue, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }
}
