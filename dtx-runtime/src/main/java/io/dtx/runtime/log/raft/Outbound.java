package io.dtx.runtime.log.raft;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends what this member says, while its gate is open: messages that are longer than the transport takes, such as an entry with
 * large arguments, go in parts. Thread-safe.
 */
final class Outbound {

    private static final System.Logger LOG = System.getLogger(Outbound.class.getName());

    private final @Nullable Transport transport;
    private final Gate gate;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final AtomicLong longMessages = new AtomicLong();

    /** Creates it; without a transport nothing can be sent, as in a cluster of one. */
    Outbound(@Nullable Transport transport, Gate gate) {
        this.transport = transport;
        this.gate = gate;
    }

    CompletableFuture<Message> send(String address, Message request, long timeoutMillis) {
        Transport to = transport;
        if (to == null || !gate.isOpen()) {
            return CompletableFuture.failedFuture(new IllegalStateException("DTX-5210 this member does not send"));
        }
        byte[] message = RpcMessages.encode(request);
        CompletableFuture<byte[]> answer = message.length <= Transport.MESSAGE_BYTES_MAX
                ? to.request(address, message, timeoutMillis)
                : sendInParts(to, address, message, timeoutMillis);
        return answer.whenComplete((bytes, failure) -> notice(address, failure)).thenApply(RpcMessages::decode);
    }

    /** Says once that a member does not answer, and once that it does again: it is asked many times a second. */
    private void notice(String address, @Nullable Throwable failure) {
        if (failure == null) {
            if (silent.remove(address)) {
                LOG.log(System.Logger.Level.INFO, "DTX-5221 the member at {0} answers again", address);
            }
        } else if (gate.isOpen() && silent.add(address)) {
            LOG.log(System.Logger.Level.WARNING, "DTX-5220 the member at {0} does not answer: {1}", address, failure);
        }
    }

    /** All at once: they arrive in order, and the last one is answered. */
    private CompletableFuture<byte[]> sendInParts(Transport to, String address, byte[] message, long timeoutMillis) {
        long number = longMessages.incrementAndGet();
        CompletableFuture<byte[]> last = new CompletableFuture<>();
        for (int at = 0; at < message.length; ) {
            int count = Math.min(message.length - at, Transport.MESSAGE_BYTES_MAX - Parts.HEADER);
            ByteBuffer part = ByteBuffer.allocate(Parts.HEADER + count);
            part.put(RpcMessages.PART).putLong(number).putInt(at).putInt(message.length);
            part.put(message, at, count);
            last = to.request(address, part.array(), timeoutMillis);
            at += count;
        }
        return last;
    }
}
