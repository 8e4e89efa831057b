/**
 * Makes annotated beans transactional in Spring, and the runtime injectable. The qualifier of injected resources is that of CDI, so
 * its API has to be there.
 */
module io.dtx.spring {
    requires transitive io.dtx.cdi;
    requires transitive io.dtx.runtime;
    requires spring.aop;
    requires spring.beans;
    requires spring.context;
    requires spring.core;
    requires static org.jspecify;

    exports io.dtx.spring;

    opens io.dtx.spring;
}
