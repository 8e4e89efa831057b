/**
 * Coordinator, log, sessions, guarded resources and two-phase commit. What is {@code static} is optional: a client of members needs
 * Netty, two-phase commit Narayana and Agroal, an entity manager Jakarta Persistence and Hibernate. Members themselves run from the
 * class path: SOFAJRaft's jar has a package of protobuf's too, which no module path allows.
 */
module io.dtx.runtime {
    requires transitive io.dtx;
    requires java.logging;
    requires java.naming;
    requires jdk.jfr;
    requires static java.instrument;
    requires static io.agroal.api;
    requires static io.netty.buffer;
    requires static io.netty.codec;
    requires static io.netty.common;
    requires static io.netty.handler;
    requires static io.netty.transport;
    requires static jakarta.persistence;
    requires static jakarta.transaction;
    requires static microprofile.config.api;
    requires static narayana.jta;
    requires static net.bytebuddy;
    requires static org.hibernate.orm.core;
    requires static org.jspecify;

    exports io.dtx.runtime;
    exports io.dtx.runtime.weave;
    exports io.dtx.runtime.invoke to
            io.dtx.cdi;
    exports io.dtx.runtime.coordinator to
            io.dtx.cli,
            io.dtx.testkit;
    exports io.dtx.runtime.log to
            io.dtx.cli,
            io.dtx.testkit;
    exports io.dtx.runtime.log.file to
            io.dtx.cli;
    exports io.dtx.runtime.participant to
            io.dtx.cli;
    exports io.dtx.runtime.protocol to
            io.dtx.testkit;

    opens io.dtx.runtime.participant.xa to
            narayana.jta;

    uses io.dtx.spi.Participant;
}
