package io.dtx.runtime;

/** Every configuration key, with its default and what it means; docs/configuration.md is checked against this list. */
enum Setting {
    LOG(
            "dtx.log",
            "file",
            "where decisions are kept: file (embedded, durable), memory (tests), or raft (by the members of a cluster)"),
    MEMBERS(
            "dtx.members",
            "",
            "with dtx.log=raft: where the members of the cluster listen, host:port,…; one of them has to be there at the start"),
    MEMBER_LISTEN("dtx.member.listen", "127.0.0.1:7420", "where a member listens, host:port"),
    SESSION_TIMEOUT(
            "dtx.session.timeout",
            "2s",
            "how long a process may be silent until others finish what it left; the same for members and applications"),
    SESSIONS_MAX(
            "dtx.application.sessions.max",
            "256",
            "at a member: how many sessions, one for each process, an application may have"),
    ELECTION_TIMEOUT(
            "dtx.election.timeout", "500ms", "how long members wait for a silent leader before they elect another one"),
    TLS_KEY("dtx.tls.key", "", "PEM file of the private key, PKCS #8; empty: plain text"),
    TLS_CERTIFICATE("dtx.tls.certificate", "", "PEM file of its certificate, followed by intermediate ones"),
    TLS_AUTHORITIES("dtx.tls.authorities", "", "PEM file of the certificates that the others must descend from"),
    PLAINTEXT(
            "dtx.net.plaintext", "false", "true: plain text may leave this machine; whoever reaches a port is obeyed"),
    LOG_DIR("dtx.log.dir", "./dtx-data", "the embedded log's directory; one process at a time"),
    LOG_SEGMENT_BYTES("dtx.log.segment.bytes", "16777216", "size of a log segment, preallocated"),
    LOG_SNAPSHOT_BYTES("dtx.log.snapshot.bytes", "67108864", "how much log is written between two snapshots"),
    APPLICATION(
            "dtx.application",
            "application",
            "the application's name, the same in all of its processes: with members, only they finish each other's transactions"),
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
    XA_POOL_MAX(
            "dtx.xa.pool.max", "20", "connections to each XA database; a transaction needs one of each that it uses"),
    XA_RECOVERY_INTERVAL(
            "dtx.xa.recovery.interval",
            "10s",
            "how often XA resources are asked for branches in doubt, beside at once when the session of another process ends"),
    XA_PARALLEL(
            "dtx.xa.parallel",
            "auto",
            "whether the branches of an ATOMIC transaction are prepared, and later committed, at the same time: true, false,"
                    + " or auto: while not more transactions end at the same time than there are processors"),
    XA_H2_ALLOWED("dtx.xa.h2.allowed", "false", "true: H2 may be an XA resource, for tests without crashes"),
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
