package io.dtx.runtime.atomic;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A log that remembers which commands each append held, and lets a test step between. */
public class WatchedLog extends ForwardingLog {

    /** What happens around an append. */
    interface Step {
        void pass(String commands) throws Exception;
    }

    private final List<String> appends = new CopyOnWriteArrayList<>();
    private volatile long session;
    private volatile Step before = commands -> {};
    private volatile Step after = commands -> {};

    /** Watches a log. */
    public WatchedLog(CoordinatorLog log) {
        super(log);
    }

    /** Returns the kinds of the commands, one line for each append that held any. */
    List<String> appends() {
        return appends;
    }

    void before(Step step) {
        before = step;
    }

    void after(Step step) {
        after = step;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        String commands = batches.stream()
                .flatMap(each -> each.commands().stream())
                .map(LogCommand::kind)
                .map(Enum::name)
                .collect(Collectors.joining(" "));
        batches.stream()
                .mapToLong(SessionBatch::session)
                .filter(each -> each != 0)
                .forEach(each -> session = each);
        pass(before, commands);
        CompletableFuture<Long> appended = log.append(batches);
        appended.join();
        if (!commands.isEmpty()) {
            appends.add(commands);
        }
        pass(after, commands);
        return appended;
    }

    /** Ends the session that appended last. */
    public void fence() {
        LogCommand expire = new LogCommand.ExpireSession(session);
        log.append(List.of(new SessionBatch(0, 0, 0, List.of(expire)))).join();
    }

    private static void pass(Step step, String commands) {
        try {
            step.pass(commands);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
