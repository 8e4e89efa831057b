package io.dtx.runtime.session;

import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A member that is broken in a way that an audit has to find. */
public final class LyingAnswers {

    private LyingAnswers() {}

    /** Says of a decision to commit that it was applied, and it was not; null for everything else. */
    public static @Nullable CompletableFuture<byte[]> aboutCommits(byte[] request) {
        if (request[0] != Wire.APPLY) {
            return null;
        }
        SessionBatch batch =
                Wire.batch(ByteBuffer.wrap(request, 1, request.length - 1).slice());
        boolean commits = batch.commands().stream()
                .anyMatch(each ->
                        each instanceof LogCommand.Decide decide && decide.outcome() == LogCommand.Outcome.COMMIT);
        if (!commits) {
            return null;
        }
        List<Reply> lies = Collections.nCopies(batch.commands().size(), Reply.accepted(TransactionStatus.COMMITTED));
        return CompletableFuture.completedFuture(Wire.message(Wire.OK, out -> Wire.write(lies, out, Wire::write)));
    }
}
