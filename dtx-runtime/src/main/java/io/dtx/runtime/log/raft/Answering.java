package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.google.protobuf.Message;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way of an answer to consensus. That a follower which keeps up has taken the next entry is told by the thread that brings it:
 * it counts a vote, and what there is to be sent next is in memory. Everything else may wait for a disk or for locks, and goes
 * to the executor of consensus.
 */
final class Answering {

    private static final System.Logger LOG = System.getLogger(Answering.class.getName());

    private final InvokeCallback callback;
    private final boolean keepsUp;
    private final Thread sender = Thread.currentThread();
    private boolean sent; // as the sender knows it: until then it holds the lock that the answer takes

    Answering(Message request, InvokeCallback callback) {
        this.callback = callback;
        this.keepsUp = request instanceof AppendEntriesRequest entries && entries.getEntriesCount() == 1;
    }

    /** The call that sends is about to return. */
    void sent() {
        sent = true;
    }

    void answer(@Nullable Message answer, @Nullable Throwable failure) {
        boolean inside = Thread.currentThread() == sender && !sent;
        if (keepsUp && !inside && isTaken(answer)) {
            callback.complete(answer, null);
        } else {
            handOver(answer, failure);
        }
    }

    private static boolean isTaken(@Nullable Message answer) {
        return answer instanceof AppendEntriesResponse response
                && response.getSuccess()
                && !response.hasErrorResponse();
    }

    private void handOver(@Nullable Message answer, @Nullable Throwable failure) {
        Executor executor = Objects.requireNonNull(callback.executor());
        try {
            executor.execute(
                    () -> callback.complete(answer, failure == null ? null : MemberRpcClient.remoting(failure)));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "an answer came when the member was closed", e);
        }
    }
}
