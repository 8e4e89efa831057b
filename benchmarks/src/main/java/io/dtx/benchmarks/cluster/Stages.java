package io.dtx.benchmarks.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** How long the entries of a leader spend where, by what the member tells the flight recorder. */
final class Stages implements AutoCloseable {

    private static final int FLUSHES = 2; // the first may have been on its way; one follows after a second each
    private static final long FLUSH_SECONDS_MAX = 30;

    private final Histogram queue = new SynchronizedHistogram(3);
    private final Histogram force = new SynchronizedHistogram(3);
    private final Histogram replicate = new SynchronizedHistogram(3);
    private final Histogram apply = new SynchronizedHistogram(3);
    private final Histogram answer = new SynchronizedHistogram(3);
    private final Semaphore flushes = new Semaphore(0);
    private final RecordingStream stream = new RecordingStream();

    Stages() {
        stream.enable("dtx.Entry").withoutThreshold();
        stream.enable("dtx.Force").withoutThreshold();
        stream.enable("dtx.Commit").withoutThreshold();
        stream.onEvent("dtx.Entry", entry -> {
            record(queue, entry.getDuration("queued"));
            record(answer, entry.getDuration("answered"));
        });
        stream.onEvent("dtx.Force", written -> record(force, written.getDuration()));
        stream.onEvent("dtx.Commit", commit -> {
            record(replicate, commit.getDuration("replicated"));
            record(apply, commit.getDuration());
        });
        stream.onFlush(flushes::release);
        stream.startAsync();
    }

    private static void record(Histogram nanos, Duration duration) {
        nanos.recordValue(Math.max(0, duration.toNanos()));
    }

    /** Begins anew; what the flight recorder has not handed over yet still counts: about a second. */
    void forget() {
        List.of(queue, force, replicate, apply, answer).forEach(Histogram::reset);
    }

    /**
     * Ends the recording, when the flight recorder has handed over what it has; returns medians and 99th percentiles in
     * microseconds, or nothing if this member has not led.
     */
    String summary() throws InterruptedException {
        flushes.drainPermits();
        if (!flushes.tryAcquire(FLUSHES, FLUSH_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the flight recorder hands nothing over");
        }
        stream.close();
        return replicate.getTotalCount() == 0
                ? ""
                : micros("queue", queue)
                        + micros(", force", force)
                        + micros(", replicate", replicate)
                        + micros(", apply", apply)
                        + micros(", answer", answer);
    }

    private static String micros(String stage, Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "%s %.0f (%.0f)",
                stage,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3);
    }

    @Override
    public void close() {
        stream.close();
    }
}
