package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log that takes its time, answers each command with its own number, and sees to it that batches come one by one, in order. */
final class PlayedLog extends HeldLog {

    private static final long[] NANOS_MAX = {2_000, 50_000, 1_000_000};

    private final Kernel kernel;
    private final boolean shared;
    private final long nanosMax;
    private boolean busy;
    private long last;
    private long lastFirst;

    PlayedLog(Kernel kernel, boolean shared) {
        this.kernel = kernel;
        this.shared = shared;
        this.nanosMax = NANOS_MAX[kernel.chance().below(NANOS_MAX.length)];
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    /** Returns how many commands it has taken, each counted once. */
    long applied() {
        return last;
    }

    @Override
    public List<List<Reply>> append(List<SessionBatch> batches) {
        enter();
        kernel.pauseNanos(kernel.chance().between(1, nanosMax));
        busy = false;
        return batches.stream().map(this::apply).toList();
    }

    @Override
    public CompletableFuture<List<Reply>> send(SessionBatch batch) {
        enter();
        CompletableFuture<List<Reply>> answer = new CompletableFuture<>();
        if (kernel.chance().oneIn(4)) {
            arrive(batch, answer);
        } else {
            new Thread(
                            () -> {
                                kernel.pauseNanos(kernel.chance().between(1, nanosMax));
                                arrive(batch, answer);
                            },
                            "members")
                    .start();
        }
        return answer;
    }

    private void arrive(SessionBatch batch, CompletableFuture<List<Reply>> answer) {
        busy = false;
        boolean lost = kernel.chance().oneIn(4);
        boolean applied = !lost || kernel.chance().oneIn(2);
        List<Reply> replies = applied ? apply(batch) : List.of();
        if (lost) {
            answer.completeExceptionally(new LogUnavailableException("nobody has answered", null));
        } else {
            answer.complete(replies);
        }
    }

    private void enter() {
        if (busy) {
            kernel.complain("two at a time");
        }
        busy = true;
    }

    private List<Reply> apply(SessionBatch batch) {
        int size = batch.commands().size();
        boolean again = size > 0 && batch.first() == lastFirst && batch.first() + size - 1 == last;
        if (size > 0 && !again) {
            if (batch.first() != last + 1) {
                kernel.complain(batch.first() + " after " + last);
            }
            lastFirst = batch.first();
            last += size;
        }
        return batch.commands().stream()
                .map(each -> Reply.session(Reply.Kind.ACCEPTED, number(each)))
                .toList();
    }
}
