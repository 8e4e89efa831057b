package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Not a benchmark: a connection carries thousands of requests a second, or something is badly wrong. */
class ThroughputTest {

    private static final int REQUESTS = Integer.getInteger("dtx.net.requests", 20_000);
    private static final int WINDOW = 256;
    private static final byte[] PAYLOAD = new byte[256];

    @Test
    void a_connection_carries_many_requests_at_once_and_one_after_the_other() {
        for (NetOptions options :
                new NetOptions[] {NetOptions.plaintext(Role.MEMBER), NetOptions.tls(TestCa.of(Role.MEMBER))}) {
            try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, options, TwoEnds.CLUSTER)) {
                Client client = ends.caller(options, TwoEnds.CLUSTER);
                manyAtOnce(ends, client, REQUESTS / 4); // warms up
                Duration took = manyAtOnce(ends, client, REQUESTS);
                long[] nanos = oneByOne(ends, client, REQUESTS / 20);
                System.out.println((options.tls() == null ? "plain" : "tls") + ": " + REQUESTS + " requests of "
                        + PAYLOAD.length + " bytes, " + WINDOW + " at once: "
                        + REQUESTS * 1000L / Math.max(1, took.toMillis()) + " per second; " + nanos.length
                        + " one by one: p50 " + nanos[nanos.length / 2] / 1000 + " us, p99 "
                        + nanos[nanos.length * 99 / 100] / 1000 + " us");
                assertThat(took).isLessThan(Duration.ofSeconds(15));
            }
        }
    }

    private static Duration manyAtOnce(TwoEnds ends, Client client, int count) {
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger answered = new AtomicInteger();
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            window.acquireUninterruptibly();
            var unused = client.request(ends.address, Service.RAFT, PAYLOAD, TwoEnds.SOON)
                    .whenComplete((answer, failure) -> {
                        answered.addAndGet(failure == null ? 1 : 0);
                        window.release();
                    });
        }
        window.acquireUninterruptibly(WINDOW);
        assertThat(answered).hasValue(count);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static long[] oneByOne(TwoEnds ends, Client client, int count) {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            Await.result(client.request(ends.address, Service.RAFT, PAYLOAD, TwoEnds.SOON));
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
