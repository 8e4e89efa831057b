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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Runs a part of the suite, which the system property {@code conformance.part} names, and brings the server down. */
@ApplicationScoped
public class Startup {

    private static final System.Logger LOG = System.getLogger(Startup.class.getName());

    @Inject
    @Any
    Instance<Object> beans;

    @Inject
    ManagedTasks tasks;

    /** Is made by its container. */
    public Startup() {}

    /** Leaves the thread that deploys the application. */
    public void run(@Observes @Initialized(ApplicationScoped.class) @Priority(Integer.MAX_VALUE) Object up) {
        String part = System.getProperty("conformance.part", "none");
        // Handed over here: a thread of nobody's knows no contexts of the application that an executor could carry.
        Future<?> own = part.equals(ManagedTasks.PART) ? tasks.submit() : CompletableFuture.completedFuture(null);
        Thread thread = new Thread(() -> part(part, own), "conformance");
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
    }

    private void part(String part, Future<?> own) {
        int code = 1;
        try {
            own.get();
            if (!part.equals(ManagedTasks.PART)) {
                Conformance.run(part, new Deployed(beans));
            }
            // The server ends the application in a hook of its own, at the same time.
            Runtime.getRuntime().addShutdownHook(new Thread(Conformance::awaitDown));
            code = 0;
        } catch (RuntimeException | InterruptedException | ExecutionException e) {
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
