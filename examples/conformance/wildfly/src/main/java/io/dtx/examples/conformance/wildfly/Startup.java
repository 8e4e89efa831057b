package io.dtx.examples.conformance.wildfly;

import io.dtx.examples.conformance.Conformance;
import io.dtx.examples.conformance.Container;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Runs a part of the suite, which the system property {@code conformance.part} names, and brings the server down. */
@ApplicationScoped
public class Startup {

    private static final System.Logger LOG = System.getLogger(Startup.class.getName());

    @Inject
    @Any
    Instance<Object> beans;

    /** Is made by its container. */
    public Startup() {}

    /** Leaves the thread that deploys the application. */
    public void run(@Observes @Initialized(ApplicationScoped.class) @Priority(Integer.MAX_VALUE) Object up) {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        Thread thread = new Thread(this::part, "conformance");
        thread.setContextClassLoader(own);
        thread.start();
    }

    private void part() {
        int code = 1;
        try {
            Conformance.run(System.getProperty("conformance.part", "none"), new Deployed(beans));
            // The server ends the application in a hook of its own, at the same time.
            Runtime.getRuntime().addShutdownHook(new Thread(Conformance::awaitDown));
            code = 0;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the suite failed", e);
        } finally {
            System.exit(code);
        }
    }

    private record Deployed(Instance<Object> beans) implements Container {

        @Override
        public <T> T bean(Class<T> type) {
            return beans.select(type).get();
        }

        @Override
        public void close() {}
    }
}
