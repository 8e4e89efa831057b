package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.impl.core.GetFileRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.InstallSnapshotRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.ReadIndexRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.RequestVoteRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.TimeoutNowRequestProcessor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what other members say to consensus, while this member's gate is open. Entries are taken by the thread that received them,
 * in their order and without another hand-over; everything else by a few threads, as are the first ones of a term, which is
 * written to the disk before they are taken. What is not understood ends the connection.
 */
final class Dispatcher implements Transport.Receiver {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int THREADS = 8;
    private static final int QUEUE_MAX = 1024;
    private static final String CONNECTION = "dtx.raft.connection";
    private static final String PARTS = "dtx.raft.parts";

    private final Gate gate;
    private final LongSupplier term;
    private final Map<String, RpcProcessor<?>> processors = new HashMap<>();
    private final ThreadPoolExecutor threads;

    /**
     * Creates it.
     *
     * @param term the highest one that this member has on its disk
     */
    Dispatcher(Gate gate, LongSupplier term) {
        this.gate = gate;
        this.term = term;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE_MAX),
                GroupThreads.named("dtx-raft-rpc"));
        threads.allowCoreThreadTimeOut(true);
        register(new AppendProcessor(threads));
        register(new GetFileRequestProcessor(threads));
        register(new InstallSnapshotRequestProcessor(threads));
        register(new RequestVoteRequestProcessor(threads));
        register(new TimeoutNowRequestProcessor(threads));
        register(new ReadIndexRequestProcessor(threads));
    }

    private void register(RpcProcessor<?> processor) {
        processors.put(processor.interest(), processor);
    }

    @Override
    public void received(Transport.Incoming request) {
        if (!gate.isOpen()) {
            request.link().close();
            return;
        }
        byte[] bytes = request.message();
        if (bytes.length > 0 && bytes[0] == RpcMessages.PART) {
            byte[] whole = parts(request.link()).add(bytes);
            if (whole == null) {
                request.reply(new byte[0]);
                return;
            }
            bytes = whole;
        }
        try {
            dispatch(RpcMessages.decode(bytes), request);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-5213 {0} says what a member does not say; the connection is ended: {1}",
                    request.link().remoteAddress(),
                    e.getMessage());
            request.link().close();
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request of a member is refused: it comes again", e);
            request.refuse();
        }
    }

    /** Takes nothing any more. */
    void close() {
        threads.shutdown();
    }

    @SuppressWarnings("unchecked")
    private void dispatch(Message message, Transport.Incoming request) {
        RpcProcessor<Message> processor =
                (RpcProcessor<Message>) processors.get(message.getClass().getName());
        if (processor == null) {
            throw new IllegalArgumentException("DTX-5212 an answer came as a request");
        }
        RpcContext context = new Context(request, connection(request.link()), gate);
        if (message instanceof AppendEntriesRequest entries && entries.getTerm() <= term.getAsLong()) {
            processor.handleRequest(context, message); // they are queued for the disk
        } else {
            threads.execute(() -> processor.handleRequest(context, message));
        }
    }

    private static Connection connection(Transport.Link link) {
        return (Connection) link.attributes().computeIfAbsent(CONNECTION, key -> new LinkConnection(link));
    }

    private static Parts parts(Transport.Link link) {
        return (Parts) link.attributes().computeIfAbsent(PARTS, key -> new Parts());
    }

    /** A request, as consensus sees it. */
    private record Context(Transport.Incoming request, Connection connection, Gate gate) implements RpcContext {

        @Override
        public void sendResponse(Object response) {
            if (gate.isOpen()) {
                request.reply(RpcMessages.encode((Message) response));
            } else {
                request.link().close();
            }
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public String getRemoteAddress() {
            return request.link().remoteAddress();
        }
    }

    /** A connection, as consensus sees it. */
    private record LinkConnection(Transport.Link link) implements Connection {

        @Override
        public @Nullable Object getAttribute(String key) {
            return link.attributes().get(key);
        }

        @Override
        public void setAttribute(String key, Object value) {
            link.attributes().put(key, value);
        }

        @Override
        public @Nullable Object setAttributeIfAbsent(String key, Object value) {
            return link.attributes().putIfAbsent(key, value);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
