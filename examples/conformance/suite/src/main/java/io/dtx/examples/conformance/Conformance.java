package io.dtx.examples.conformance;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What the program of a container calls. The run's directory is the system property {@code conformance.directory}. */
public final class Conformance {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private Conformance() {}

    /**
     * Starts the application, runs its part and brings the application down.
     *
     * @param part {@code first}, which does not return, or {@code second}
     */
    public static void run(String part, Container.Starter starter) throws Exception {
        try (Container container = starter.start()) {
            run(part, container);
        }
        down();
    }

    /** Says what dtx has left when the application is down. */
    public static void down() {
        Trace.say("down, threads of dtx left: " + threadsLeft());
    }

    /** Runs a part in an application that is up. */
    public static void run(String part, Container container) {
        switch (part) {
            case "first" -> Run.first(container);
            case "second" -> Run.second(container);
            default -> throw new IllegalArgumentException("first or second, not " + part);
        }
    }

    /** Says it, from a thread that is not told when the application is down. */
    public static void awaitDown() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Trace.ends("pools closed") && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        down();
    }

    private static Set<String> threadsLeft() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Set<String> left = threads();
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            left = threads();
        }
        return left;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("dtx"))
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
