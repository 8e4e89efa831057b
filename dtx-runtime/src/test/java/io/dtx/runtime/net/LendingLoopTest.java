package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LendingLoopTest {

    private static final int REQUESTS = 200;
    private static final int LARGE = 256 << 10;

    @Test
    void while_the_loop_waits_another_thread_acts_in_its_place() {
        running(loop -> {
            Await.until("the place is free", () -> loop.borrow(() -> true));
            List<Boolean> inside = new ArrayList<>();
            Await.until(
                    "borrowed",
                    () -> loop.borrow(() -> {
                        inside.add(loop.inEventLoop());
                        inside.add(LendingLoop.isLent(loop));
                        inside.add(loop.borrow(() -> true)); // not twice
                        return true;
                    }));
            assertThat(inside).containsExactly(true, true, false);
            assertThat(loop.inEventLoop()).isFalse();
            assertThat(LendingLoop.isLent(loop)).isFalse();
        });
    }

    @Test
    void nobody_waits_for_a_loop_that_is_at_work() {
        running(loop -> {
            CountDownLatch atWork = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            loop.execute(() -> {
                atWork.countDown();
                await(end);
            });
            await(atWork);
            assertThat(loop.borrow(() -> true)).isFalse();
            end.countDown();
        });
    }

    @Test
    void what_a_borrower_leaves_is_done_by_the_loop_although_it_has_heard_nothing() {
        running(loop -> {
            for (int i = 0; i < REQUESTS; i++) {
                CompletableFuture<Thread> done = new CompletableFuture<>();
                Await.until(
                        "borrowed",
                        () -> loop.borrow(() -> {
                            loop.execute(() -> done.complete(Thread.currentThread()));
                            return true;
                        }));
                assertThat(Await.result(done)).isNotSameAs(Thread.currentThread());
            }
        });
    }

    @Test
    void what_fails_in_the_loops_place_does_not_fail_for_who_is_there() {
        running(loop -> {
            int[] tried = new int[1];
            Await.until("borrowed", () -> {
                assertThat(loop.borrow(() -> {
                            tried[0]++;
                            throw new OutOfMemoryError("planted");
                        }))
                        .isFalse();
                return tried[0] > 0;
            });
            Await.until("the place is free, and the loop runs", () -> loop.borrow(() -> true));
            CompletableFuture<Void> next = new CompletableFuture<>();
            loop.execute(() -> next.complete(null));
            Await.result(next);
        });
    }

    @Test
    void there_is_one_at_a_time() throws Exception {
        int[] shared = new int[1]; // wrong if two are in the place at once
        AtomicInteger counted = new AtomicInteger();
        AtomicInteger borrowed = new AtomicInteger();
        running(loop -> {
            Runnable count = () -> {
                shared[0]++;
                counted.incrementAndGet();
            };
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> {
                        for (int n = 0; n < 50_000; n++) {
                            if (n % 16 == 0) {
                                loop.execute(count);
                            } else if (loop.borrow(() -> {
                                count.run();
                                return true;
                            })) {
                                borrowed.incrementAndGet();
                            }
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread each : threads) {
                join(each);
            }
            CompletableFuture<Void> last = new CompletableFuture<>();
            loop.execute(() -> last.complete(null));
            Await.result(last);
            Await.until("all are counted", () -> loop.borrow(() -> true));
        });
        assertThat(borrowed).hasPositiveValue();
        assertThat(shared[0]).isEqualTo(counted.get()).isGreaterThan(borrowed.get());
    }

    /** A reset wakes the loop, and fails what a borrower writes at that moment, which closes the channel. */
    @Test
    void what_a_borrower_closes_is_not_looked_at_by_a_loop_that_woke_for_it_before() throws IOException {
        Pipe pipe = Pipe.open();
        AtomicInteger handled = new AtomicInteger();
        running(loop -> {
            IoRegistration registered = reading(loop, pipe, handled::incrementAndGet);
            Thread own = thread(loop);
            Await.until(
                    "borrowed",
                    () -> loop.borrow(() -> {
                        wake(pipe, own);
                        registered.cancel();
                        return true;
                    }));
        });
        assertThat(handled).hasValue(0);
    }

    @Test
    void nobody_borrows_before_a_loop_that_waits_for_its_place() throws IOException {
        Pipe pipe = Pipe.open();
        running(loop -> {
            CountDownLatch asked = new CountDownLatch(1);
            reading(loop, pipe, () -> await(asked));
            Thread own = thread(loop);
            Await.until(
                    "borrowed",
                    () -> loop.borrow(() -> {
                        wake(pipe, own);
                        return true;
                    }));
            assertThat(loop.borrow(() -> true)).isFalse();
            asked.countDown();
        });
    }

    @Test
    void a_borrower_writes_what_was_there_and_not_what_others_add_meanwhile() throws IOException {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            running(loop -> {
                AtomicInteger here = new AtomicInteger();
                AtomicInteger written = new AtomicInteger();
                List<Outbox> self = new ArrayList<>();
                Thread borrower = Thread.currentThread();
                Outbox outbox = new Outbox(loop, frame -> {
                    if (written.incrementAndGet() < REQUESTS) {
                        CompletableFuture.runAsync(() -> self.get(0).addAndWrite(Frame.ping(0)))
                                .join();
                    }
                    if (Thread.currentThread() == borrower) {
                        here.incrementAndGet();
                    }
                    return true;
                });
                self.add(outbox);
                Channel channel = connect(loop, port, new ChannelInboundHandlerAdapter());
                loop.submit(() -> outbox.open(channel)).awaitUninterruptibly();
                Await.until("borrowed", () -> {
                    Await.until("all are written", () -> outbox.bytes() == 0);
                    written.set(0);
                    outbox.addAndWrite(Frame.ping(0));
                    return here.get() > 0;
                });
                Await.until("the loop writes the others", () -> written.get() == REQUESTS);
                assertThat(here).hasValueLessThan(5);
            });
        }
    }

    @Test
    void nobody_else_is_in_the_place_while_a_socket_is_read() throws Exception {
        BlockingQueue<Boolean> seen = new LinkedBlockingQueue<>();
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            running(loop -> {
                connect(loop, port, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        ReferenceCountUtil.release(message);
                        seen.add(Await.result(CompletableFuture.supplyAsync(() -> loop.borrow(() -> true))));
                    }
                });
                try (Socket peer = port.accept()) {
                    for (int i = 0; i < REQUESTS; i++) {
                        peer.getOutputStream().write(1);
                        assertThat(seen.poll(20, TimeUnit.SECONDS)).isFalse();
                    }
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void who_answers_a_peer_that_goes_is_told_nothing_and_the_connection_ends() throws Exception {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        try (TwoEnds ends = TwoEnds.serving(asked::add)) {
            for (int i = 0; i < REQUESTS / 4; i++) {
                CompletableFuture<Void> gone = new CompletableFuture<>();
                RawPeer peer = RawPeer.greeted(ends.address, Role.MEMBER);
                peer.send(RawPeer.frame(Frame.request(Service.RAFT, 1, new byte[1])));
                Request request = asked.take();
                request.connection().onClose(() -> gone.complete(null));
                Thread going = new Thread(peer::close);
                going.start();
                request.reply(new byte[LARGE]);
                Await.result(gone);
                going.join();
            }
            Await.until("all have ended", () -> ends.server.connections() == 0);
        }
    }

    @Test
    void who_answers_writes_the_answer_itself() throws InterruptedException {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        Buffers buffers = new Buffers();
        try (Network member =
                        Network.open(NetOptions.plaintext(Role.MEMBER), new ClusterIdentity(TwoEnds.CLUSTER), buffers);
                Network caller =
                        Network.open(NetOptions.plaintext(Role.MEMBER), new ClusterIdentity(TwoEnds.CLUSTER))) {
            Address address = new Address(
                    "127.0.0.1",
                    member.listen(new Address("127.0.0.1", 0), Map.of(Service.RAFT, asked::add))
                            .port());
            Client client = caller.client();
            for (int i = 0; i < REQUESTS; i++) {
                CompletableFuture<byte[]> answer = client.request(address, Service.RAFT, new byte[1], SOON);
                asked.take().reply(new byte[1]);
                Await.result(answer);
            }
            assertThat(buffers.takenBy(Thread.currentThread())).isPositive();
        }
    }

    @Test
    void what_the_socket_does_not_take_at_once_follows_when_it_does() throws IOException {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        try (TwoEnds ends = TwoEnds.serving(asked::add);
                Wire wire = new Wire(ends.address)) {
            Client client = ends.caller(Role.MEMBER);
            Await.result(client.check(wire.address()));
            wire.hold();
            List<CompletableFuture<byte[]>> answers = IntStream.range(0, 50) // more than the system keeps for sockets
                    .mapToObj(i -> client.request(wire.address(), Service.RAFT, new byte[1], SOON))
                    .toList();
            Await.until("all have arrived", () -> asked.size() == answers.size());
            asked.forEach(each -> each.reply(new byte[LARGE]));
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            wire.mend();
            answers.forEach(each -> assertThat(Await.result(each)).hasSize(LARGE));
        }
    }

    @Test
    void a_thread_that_is_interrupted_ends_no_connection() throws InterruptedException {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        try (TwoEnds ends = TwoEnds.serving(asked::add)) {
            Client client = ends.caller(Role.MEMBER);
            for (int i = 0; i < REQUESTS; i++) {
                CompletableFuture<byte[]> answer = client.request(ends.address, Service.RAFT, new byte[1], SOON);
                Request request = asked.take();
                Thread.currentThread().interrupt();
                request.reply(new byte[1]);
                assertThat(Thread.interrupted()).isTrue();
                Await.result(answer);
            }
            assertThat(ends.server.connections()).isOne();
        }
    }

    private interface Use {
        void of(LendingLoop loop);
    }

    private static void running(Use use) {
        MultiThreadIoEventLoopGroup group = LendingLoop.group(1, Thread::new);
        try {
            LendingLoop loop = (LendingLoop) group.next();
            loop.execute(() -> {}); // which starts it
            use.of(loop);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static Channel connect(LendingLoop loop, ServerSocket port, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(handler)
                .connect(port.getLocalSocketAddress())
                .awaitUninterruptibly()
                .channel();
    }

    private static IoRegistration reading(LendingLoop loop, Pipe pipe, Runnable action) {
        IoRegistration registered = loop.register(new Source(pipe.source(), action))
                .awaitUninterruptibly()
                .getNow();
        loop.submit(() -> registered.submit(NioIoOps.READ)).awaitUninterruptibly();
        return registered;
    }

    private static Thread thread(LendingLoop loop) {
        return loop.submit(Thread::currentThread).awaitUninterruptibly().getNow();
    }

    /** Makes something ready, for which the loop's own thread wakes and waits for its place. */
    private static void wake(Pipe pipe, Thread own) {
        try {
            pipe.sink().write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the loop waits for its place", () -> own.getState() == Thread.State.WAITING);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What can be read, and what the loop does then. */
    private record Source(Pipe.SourceChannel selectableChannel, Runnable action) implements NioIoHandle {

        Source {
            try {
                selectableChannel.configureBlocking(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            action.run();
            registration.cancel();
        }

        @Override
        public void close() throws IOException {
            selectableChannel.close();
        }
    }

    /** Knows which threads took buffers from it. */
    private static final class Buffers extends AbstractByteBufAllocator {

        private final BlockingQueue<Thread> takers = new LinkedBlockingQueue<>();

        long takenBy(Thread thread) {
            return takers.stream().filter(each -> each == thread).count();
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            takers.add(Thread.currentThread());
            return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            takers.add(Thread.currentThread());
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
