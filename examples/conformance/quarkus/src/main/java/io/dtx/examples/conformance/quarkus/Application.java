package io.dtx.examples.conformance.quarkus;

import io.dtx.examples.conformance.Conformance;
import io.dtx.examples.conformance.Container;
import io.dtx.runtime.Dtx;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;

/** Runs a part of the suite in the application that Quarkus has built. */
@QuarkusMain
public class Application implements QuarkusApplication {

    private static final System.Logger LOG = System.getLogger(Application.class.getName());

    @Inject
    Dtx dtx;

    /** Starts Quarkus; whether dtx has gone down with it is said last. */
    public static void main(String[] args) {
        Quarkus.run(
                Application.class,
                (code, failure) -> {
                    if (failure == null) {
                        Conformance.down();
                    } else {
                        LOG.log(System.Logger.Level.ERROR, "the suite failed", failure);
                    }
                    System.exit(code);
                },
                args);
    }

    @Override
    public int run(String... args) {
        Conformance.run(args[0], new Arc(dtx));
        return 0;
    }

    /**
     * Looks beans up as nobody can foresee when the application is built: those that nobody injects are there only if dtx has kept
     * them.
     */
    private record Arc(Dtx started) implements Container {

        @Override
        public <T> T bean(Class<T> type) {
            return type.isInstance(started)
                    ? type.cast(started)
                    : CDI.current().select(type).get();
        }

        @Override
        public void close() {
            Quarkus.asyncExit();
        }
    }
}
