package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.impl.core.NodeRequestProcessor;
import com.google.protobuf.Message;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands the entries of a leader to consensus. It stands for the library's own processor, which sends answers in the order of the
 * requests, with a thread and a queue for each sender: the leader puts answers in order itself, and when a connection ends, that
 * processor waits for its thread under a lock that the thread wants, for 15 seconds, in which this member takes nothing.
 */
final class AppendProcessor extends NodeRequestProcessor<AppendEntriesRequest> {

    AppendProcessor(Executor threads) {
        super(threads, AppendEntriesResponse.getDefaultInstance());
    }

    @Override
    protected @Nullable Message processRequest0(
            RaftServerService service, AppendEntriesRequest request, RpcRequestClosure done) {
        return service.handleAppendEntriesRequest(request, done);
    }

    @Override
    protected String getPeerId(AppendEntriesRequest request) {
        return request.getPeerId();
    }

    @Override
    protected String getGroupId(AppendEntriesRequest request) {
        return request.getGroupId();
    }

    @Override
    public String interest() {
        return AppendEntriesRequest.class.getName();
    }
}
