package io.dtx.runtime.log.raft;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network inside of one JVM, that can be cut in one direction or both, lose and delay messages. Between two members messages
 * keep their order; a message that was on its way when the line was cut may arrive after it has been healed. Who waits for an
 * answer when the line ends learns that none will come: soon if the other one is gone, later if it is only cut off.
 */
final class LocalNetwork implements AutoCloseable {

    private static final int CUT_OFF_MILLIS = 1_000;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, daemon("test-network-clock"));
    private final ConcurrentMap<String, Port> ports = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Line> lines = new ConcurrentHashMap<>();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile double loss;
    private volatile int delayMillisMax;

    /** The transport of one member. */
    Port port(String address) {
        return ports.compute(address, (key, old) -> new Port(address));
    }

    /** Nothing goes from one to the other any more; the other way stays. */
    void cut(String from, String to) {
        cut.add(from + ">" + to);
        closeLine(from, to, CUT_OFF_MILLIS);
    }

    /** Cuts both ways between one and all others. */
    void isolate(String address, List<String> others) {
        for (String other : others) {
            if (!other.equals(address)) {
                cut(address, other);
                cut(other, address);
            }
        }
    }

    void heal() {
        cut.clear();
        loss = 0;
        delayMillisMax = 0;
    }

    /** Loses this part of the requests and of the answers. */
    void lose(double part) {
        loss = part;
    }

    void delay(int millisMax) {
        delayMillisMax = millisMax;
    }

    long delivered() {
        return delivered.get();
    }

    long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        lines.values().forEach(each -> each.end(0));
    }

    private void closeLine(String from, String to, int noticedAfterMillis) {
        Line line = lines.remove(from + ">" + to);
        if (line != null) {
            line.end(noticedAfterMillis);
        }
    }

    private boolean passes(String from, String to, Random chance) {
        boolean passes = !cut.contains(from + ">" + to) && chance.nextDouble() >= loss;
        (passes ? delivered : dropped).incrementAndGet();
        return passes;
    }

    /** One member's end. */
    final class Port implements Transport {

        private final String address;
        private final Random chance = new Random();
        private volatile Receiver receiver;

        Port(String address) {
            this.address = address;
        }

        @Override
        public CompletableFuture<byte[]> request(String to, byte[] message, long timeoutMillis) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            try {
                var unused = clock.schedule(
                        () -> answer.completeExceptionally(new TimeoutException("no answer from " + to)),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
                if (passes(address, to, chance)) {
                    lines.computeIfAbsent(address + ">" + to, key -> new Line(address, to))
                            .carry(message.clone(), answer, delayMillisMax == 0 ? 0 : chance.nextInt(delayMillisMax));
                }
            } catch (RejectedExecutionException e) {
                answer.completeExceptionally(e);
            }
            return answer;
        }

        @Override
        public void serve(Receiver to) {
            receiver = to;
        }

        @Override
        public void stopServing() {
            receiver = null;
            for (String line : new HashSet<>(lines.keySet())) {
                if (line.endsWith(">" + address) || line.startsWith(address + ">")) {
                    closeLine(line.substring(0, line.indexOf('>')), line.substring(line.indexOf('>') + 1), 0);
                }
            }
        }
    }

    /** One direction between two members, with its connection. */
    private final class Line implements Transport.Link {

        private final String from;
        private final String to;
        private final ExecutorService carrier = Executors.newSingleThreadExecutor(daemon("test-network-line"));
        private final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private final Random chance = new Random();
        private final Set<CompletableFuture<byte[]>> unanswered = ConcurrentHashMap.newKeySet();

        Line(String from, String to) {
            this.from = from;
            this.to = to;
        }

        void carry(byte[] message, CompletableFuture<byte[]> answer, int delayMillis) {
            unanswered.add(answer);
            var unused = answer.whenComplete((bytes, failure) -> unanswered.remove(answer));
            carrier.execute(() -> {
                if (delayMillis > 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(delayMillis * 1_000_000L);
                }
                Port port = ports.get(to);
                Transport.Receiver receiver = port == null ? null : port.receiver;
                if (receiver == null) {
                    clock.execute(() -> answer.completeExceptionally(new IllegalStateException(to + " refuses")));
                    return;
                }
                receiver.received(new Request(message, answer));
            });
        }

        private final class Request implements Transport.Incoming {

            private final byte[] message;
            private final CompletableFuture<byte[]> answer;

            Request(byte[] message, CompletableFuture<byte[]> answer) {
                this.message = message;
                this.answer = answer;
            }

            @Override
            public byte[] message() {
                return message;
            }

            @Override
            public Transport.Link link() {
                return Line.this;
            }

            @Override
            public void refuse() {
                clock.execute(() -> answer.completeExceptionally(new IllegalStateException(to + " refuses")));
            }

            @Override
            public void reply(byte[] bytes) {
                if (passes(to, from, chance)) {
                    clock.execute(() -> answer.complete(bytes));
                }
            }
        }

        void end(int noticedAfterMillis) {
            carrier.shutdown();
            if (!clock.isShutdown()) {
                var unused = clock.schedule(this::endUnanswered, noticedAfterMillis, TimeUnit.MILLISECONDS);
            }
        }

        private void endUnanswered() {
            unanswered.forEach(
                    each -> each.completeExceptionally(new IllegalStateException("the line to " + to + " has ended")));
        }

        @Override
        public String remoteAddress() {
            return from;
        }

        @Override
        public Map<String, Object> attributes() {
            return attributes;
        }

        @Override
        public void close() {
            closeLine(from, to, 0);
        }
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return GroupThreads.named(name);
    }
}
