package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks at a member with the JDK's flight recorder sees what it does, and finds no files of the library's afterwards. */
class SamplesOfMemberTest {

    private static final Member SELF = new Member(1, "localhost", 7423);
    private static final int SAMPLES = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path directory;

    @Test
    void the_flight_recorder_takes_samples_in_the_process_of_a_member_which_writes_no_files_for_it()
            throws IOException {
        List<Path> before = filesOfWorkingDirectory();
        RaftLog.createCluster(directory, 77, SELF, List.of(SELF));
        try (RaftLog log = new RaftLog(new RaftSettings(directory, 500, 64 << 10, 20_000));
                RecordingStream recording = new RecordingStream()) {
            log.start(new RecordingReplica());
            AtomicInteger samples = new AtomicInteger();
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.onEvent("jdk.ExecutionSample", sample -> samples.incrementAndGet());
            recording.startAsync();

            long until = System.nanoTime() + PATIENCE_NANOS;
            long worked = 0;
            while (samples.get() < SAMPLES && System.nanoTime() < until) {
                worked += Long.bitCount(System.nanoTime()); // what there is to see
            }

            assertThat(worked).isPositive();
            assertThat(samples).hasValueGreaterThanOrEqualTo(SAMPLES);
        }
        assertThat(filesOfWorkingDirectory()).containsExactlyInAnyOrderElementsOf(before);
    }

    private static List<Path> filesOfWorkingDirectory() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.toList();
        }
    }
}
