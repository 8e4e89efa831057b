package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A few sessions whose batches arrive at a leader at once: each is answered, soon, with as many replies as it has commands. */
public final class IntakePlay implements Runnable {

    private static final int SESSIONS = 3;
    private static final int BATCHES = 4;
    private static final long MILLIS_MAX = 2_000; // an append takes one at most

    private final Kernel kernel = Kernel.current();
    private final StateReplica replica = new StateReplica(Limits.DEFAULT, () -> {});
    private final Slow log = new Slow(kernel);
    private final Intake intake = new Intake(log, replica, broken -> kernel.complain("it is broken: " + broken));

    /** Leads already. */
    public IntakePlay() {
        log.start(replica);
        intake.leads(true);
    }

    @Override
    public void run() {
        kernel.endAtMillis(MILLIS_MAX);
        List<Thread> sessions = new ArrayList<>();
        for (int i = 1; i <= SESSIONS; i++) {
            int size = i;
            Thread session = new Thread(() -> send(size), "session");
            sessions.add(session);
            session.start();
        }
        for (Thread each : sessions) {
            await(each);
        }
        intake.close();
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(int size) {
        List<LogCommand> commands = Collections.nCopies(size, HeldLog.command(size));
        for (int i = 0; i < BATCHES; i++) {
            SessionBatch batch = new SessionBatch(size, 1, 1, commands); // of a session that the state does not know
            try {
                List<Reply> replies = intake.submit(batch).join();
                if (replies.size() != size) {
                    kernel.complain(size + " are answered by " + replies);
                }
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof NotLeadingException)) {
                    kernel.complain("answered by " + e.getCause());
                }
            }
        }
    }

    /** A log whose entries end at once, or later on another thread, and now and then in an unknown way. */
    private static final class Slow extends ForwardingLog {

        private static final long NANOS_MAX = 1_000_000;

        private final Kernel kernel;
        private boolean busy;

        Slow(Kernel kernel) {
            super(new MemoryLog());
            this.kernel = kernel;
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            if (busy) {
                kernel.complain("two at a time");
            }
            busy = true;
            if (kernel.chance().oneIn(3)) {
                busy = false;
                return log.append(batches);
            }
            CompletableFuture<Long> index = new CompletableFuture<>();
            new Thread(() -> end(batches, index), "disk").start();
            return index;
        }

        private void end(List<SessionBatch> batches, CompletableFuture<Long> index) {
            kernel.pauseNanos(kernel.chance().between(1_000, NANOS_MAX));
            boolean unknown = kernel.chance().oneIn(5);
            long at = log.append(batches).join();
            busy = false;
            if (unknown) {
                index.completeExceptionally(new AppendUnknownException("planted", null));
            } else {
                index.complete(at);
            }
        }
    }
}
