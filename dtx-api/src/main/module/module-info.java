/** Annotations, contexts and exceptions, and the interfaces that generated code implements. */
module io.dtx {
    requires transitive java.sql;
    requires transitive java.transaction.xa;
    requires static jakarta.cdi;
    requires static jakarta.inject;
    requires static jakarta.interceptor;
    requires static org.jspecify;

    exports io.dtx;
    exports io.dtx.spi;
}
