package io.dtx.examples.conformance.wildfly;

import io.dtx.DtxException;
import io.dtx.examples.conformance.Stock;
import io.dtx.examples.conformance.Trace;
import io.dtx.runtime.Dtx;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Sagas with steps on threads of the server's executor, and in a transaction of the server's. */
@ApplicationScoped
public class ManagedTasks {

    /** The part of the suite that this server has and others have not. */
    static final String PART = "tasks";

    @Resource
    @SuppressWarnings("NullAway") // the server sets it
    ManagedExecutorService executor;

    @Resource
    @SuppressWarnings("NullAway") // the server sets it
    UserTransaction server;

    @Inject
    Dtx dtx;

    @Inject
    Stock stock;

    /** Is made by its container. */
    public ManagedTasks() {}

    /** Runs the part on a thread of the server's. */
    Future<?> submit() {
        return executor.submit(this::all);
    }

    private void all() {
        say("a task of a saga", () -> dtx.call("apart", () -> elsewhere("tea")));
        say(
                "a task of a saga that fails",
                () -> dtx.call("regretted", () -> {
                    throw new IllegalStateException("after " + elsewhere("rum"));
                }));
        say("a task of none", () -> elsewhere("gin"));
        say("what is there", stock::shelf);
        say("a saga in a transaction of the server, which rolls back", this::inServerTransaction);
        say("what is there then", stock::shelf);
    }

    private String inServerTransaction() throws Exception {
        server.begin();
        try {
            String done = dtx.call("within", () -> stock.reserve("fig", 1));
            return done + ", then " + (server.getStatus() == Status.STATUS_ACTIVE ? "in it again" : "in none");
        } finally {
            server.rollback();
        }
    }

    private String elsewhere(String article) throws Exception {
        try {
            return executor.submit(() -> stock.reserve(article, 1)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void say(String name, Callable<?> call) {
        Trace.say("== " + name);
        try {
            Trace.say("  returned " + call.call());
        } catch (DtxException e) {
            String message = String.valueOf(e.getMessage());
            Trace.say("  threw " + message.substring(0, message.indexOf(' '))); // the rest names a thread
        } catch (Exception e) {
            Trace.say("  threw " + e.getMessage());
        }
    }
}
