/** Makes annotated beans transactional in CDI containers, and the runtime injectable. */
module io.dtx.cdi {
    requires transitive io.dtx.runtime;
    requires transitive jakarta.cdi;
    requires transitive jakarta.inject;
    requires java.naming;
    requires static jakarta.concurrency;
    requires static jakarta.persistence;
    requires static jakarta.transaction;
    requires static org.jspecify;

    exports io.dtx.cdi;

    opens io.dtx.cdi;

    provides jakarta.enterprise.inject.spi.Extension with
            io.dtx.cdi.DtxExtension;
    provides jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension with
            io.dtx.cdi.DtxBuildExtension;
}
