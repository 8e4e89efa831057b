package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.Message;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How one member calls the others. Connecting is the transport's business and never waited for: elections ask for connections
 * while they hold the member's lock. Answers come on the caller's executor, or on the network's thread ({@link Answering}), never
 * inside of the call that sends.
 */
final class MemberRpcClient implements RpcClient {

    private @Nullable Outbound outbound;

    void use(Outbound own) {
        outbound = own;
    }

    @Override
    public boolean init(RpcOptions options) {
        return true;
    }

    @Override
    public void shutdown() {
        // the transport is closed by who made it
    }

    @Override
    public boolean checkConnection(Endpoint endpoint) {
        return true;
    }

    @Override
    public boolean checkConnection(Endpoint endpoint, boolean createIfAbsent) {
        return true;
    }

    @Override
    public void closeConnection(Endpoint endpoint) {
        // kept for the next request
    }

    @Override
    public void registerConnectEventListener(ReplicatorGroup replicators) {
        // none of them ever waits for a connection
    }

    @Override
    public Object invokeSync(Endpoint endpoint, Object request, @Nullable InvokeContext context, long timeoutMs)
            throws InterruptedException, RemotingException {
        try {
            return own().send(address(endpoint), (Message) request, timeoutMs).get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw remoting(e);
        } catch (TimeoutException e) {
            throw remoting(e);
        }
    }

    @Override
    public void invokeAsync(
            Endpoint endpoint,
            Object request,
            @Nullable InvokeContext context,
            InvokeCallback callback,
            long timeoutMs) {
        Answering answering = new Answering((Message) request, callback);
        var unused = own().send(address(endpoint), (Message) request, timeoutMs).whenComplete(answering::answer);
        answering.sent();
    }

    private Outbound own() {
        return Objects.requireNonNull(outbound);
    }

    private static String address(Endpoint endpoint) {
        return endpoint.getIp() + ":" + endpoint.getPort();
    }

    /** Returns a failure as consensus knows it. */
    static RemotingException remoting(Throwable failure) {
        Throwable inner = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable cause = wrapped && inner != null ? inner : failure;
        return cause instanceof TimeoutException
                ? new InvokeTimeoutException(String.valueOf(cause), cause)
                : new RemotingException(String.valueOf(cause), cause);
    }
}
