package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final long TERM = 7;

    private final Dispatcher dispatcher = new Dispatcher(new Gate(cause -> {}), () -> TERM);

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void entries_of_the_term_are_taken_by_the_thread_that_received_them() throws Exception {
        assertThat(handledBy(TERM)).isEqualTo(Thread.currentThread());
    }

    @Test
    void a_new_term_is_not_written_to_the_disk_by_the_thread_that_received_it() throws Exception {
        assertThat(handledBy(TERM + 1).getName()).startsWith("dtx-raft-rpc");
    }

    /** No node of that group is here: it is refused by whoever handles it. */
    private Thread handledBy(long term) throws Exception {
        CompletableFuture<Thread> handled = new CompletableFuture<>();
        AppendEntriesRequest entries = AppendEntriesRequest.newBuilder()
                .setGroupId("none")
                .setServerId("127.0.0.1:1")
                .setPeerId("127.0.0.1:2")
                .setTerm(term)
                .setPrevLogTerm(0)
                .setPrevLogIndex(0)
                .setCommittedIndex(0)
                .build();
        dispatcher.received(new Arrived(RpcMessages.encode(entries), new Connected(new HashMap<>()), handled));
        return handled.get(10, TimeUnit.SECONDS);
    }

    private record Arrived(byte[] message, Transport.Link link, CompletableFuture<Thread> handled)
            implements Transport.Incoming {
        @Override
        public void reply(byte[] answer) {
            handled.complete(Thread.currentThread());
        }

        @Override
        public void refuse() {
            handled.completeExceptionally(new AssertionError("refused"));
        }
    }

    private record Connected(Map<String, Object> attributes) implements Transport.Link {
        @Override
        public String remoteAddress() {
            return "test";
        }

        @Override
        public void close() {}
    }
}
