/** Tests sagas: the real runtime in memory, time that jumps, failures and crashes on order. H2 is found by its URL. */
module io.dtx.testkit {
    requires transitive io.dtx.runtime;
    requires transitive org.junit.jupiter.api;
    requires java.logging;
    requires static org.jspecify;

    exports io.dtx.testkit;
}
