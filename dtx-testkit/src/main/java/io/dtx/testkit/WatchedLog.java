package io.dtx.testkit;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One life's hold on the log: says which appends it passes, and lets go when the life is over. Thread-safe as the port asks. */
final class WatchedLog implements CoordinatorLog {

    private final MemoryLog log;
    private final Life life;
    private final Script script;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean cut;

    WatchedLog(MemoryLog log, Life life, Script script) {
        this.log = log;
        this.life = life;
        this.script = script;
    }

    /** Nothing of this life reaches the log any more. */
    void cut() {
        lock.lock();
        try {
            if (!cut) {
                cut = true;
                log.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start(Replica replica) {
        log.start(replica);
    }

    @Override
    public long cluster() {
        return log.cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        String what = what(batches);
        pass(Points.BEFORE, what);
        CompletableFuture<Long> appended;
        lock.lock();
        try {
            appended = cut ? CompletableFuture.failedFuture(gone()) : log.append(batches);
        } finally {
            lock.unlock();
        }
        pass(Points.AFTER, what);
        return appended;
    }

    private void pass(String when, @Nullable String what) {
        if (what != null) {
            try {
                script.pass(life, when + what);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private @Nullable String what(List<SessionBatch> batches) {
        List<String> parts = new ArrayList<>();
        for (SessionBatch batch : batches) {
            for (LogCommand each : batch.commands()) {
                String part = part(each);
                if (part != null) {
                    parts.add(part);
                }
            }
        }
        return parts.isEmpty() ? null : String.join(" and ", parts);
    }

    private @Nullable String part(LogCommand command) {
        return switch (command.kind()) {
            case START_STEP -> {
                LogCommand.StartStep start = (LogCommand.StartStep) command;
                script.named(start.transaction().toString(), start.step(), start.name());
                yield Points.intent(start.name());
            }
            case FINISH_STEP -> Points.report(name(command, ((LogCommand.FinishStep) command).step()));
            case FAIL_STEP -> Points.report(name(command, ((LogCommand.FailStep) command).step()));
            case DECIDE -> Points.decision(((LogCommand.Decide) command).outcome() == LogCommand.Outcome.COMMIT);
            case CLAIM_ACTION -> Points.claim(name(command, ((LogCommand.ClaimAction) command).step()));
            case FINISH_COMPENSATION ->
                Points.undoReport(name(command, ((LogCommand.FinishCompensation) command).step()));
            case FAIL_COMPENSATION -> Points.undoReport(name(command, ((LogCommand.FailCompensation) command).step()));
            default -> null;
        };
    }

    private String name(LogCommand command, long step) {
        return script.nameOf(((LogCommand.OnTransaction) command).transaction().toString(), step);
    }

    @Override
    public long time() {
        return log.time();
    }

    @Override
    public byte[] read(Payload payload) {
        return log.read(payload);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        lock.lock();
        try {
            return cut ? CompletableFuture.failedFuture(gone()) : log.readBarrier();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        cut();
    }

    private static LogUnavailableException gone() {
        return new LogUnavailableException("DTX-8501 the test has ended this process's use of the log", null);
    }
}
