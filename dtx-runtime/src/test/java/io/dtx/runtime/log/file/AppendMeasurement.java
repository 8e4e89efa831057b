package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dtx.TransactionId;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What an append costs beside a bare write and fdatasync of the same size, in turns on the same disk. Run it by hand:
 * {@code java -cp … io.dtx.runtime.log.file.AppendMeasurement DIRECTORY}.
 */
final class AppendMeasurement {

    private static final int ROUNDS = 5;
    private static final int APPENDS = 4_000;
    private static final long PREALLOCATED = 64 << 20;

    private AppendMeasurement() {}

    interface Append {
        void run(int number) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "measurement");
        for (int bytes : new int[] {100, 600, 4_000, 30_000}) {
            System.out.printf("%6s bytes%n", bytes);
            Path raw = directory.resolve("raw" + bytes);
            try (FileChannel channel = FileChannel.open(raw, CREATE, WRITE);
                    FileLog log = new FileLog(directory.resolve("log" + bytes), 64 << 20, Long.MAX_VALUE)) {
                for (long at = 0; at < PREALLOCATED; at += 1 << 20) {
                    channel.write(ByteBuffer.allocateDirect(1 << 20), at);
                }
                channel.force(true);
                log.start(new RecordingReplica());
                TransactionId id = new TransactionId(log.cluster(), 1, 1);
                ByteBuffer block = ByteBuffer.allocateDirect(bytes);
                Append bare = number -> {
                    channel.write(block.clear(), (long) number * bytes % (PREALLOCATED - bytes));
                    channel.force(false);
                };
                Append append = number -> log.append(List.of(new SessionBatch(
                                1, 1, 1, List.of(new LogCommand.FinishStep(id, 1, new byte[bytes - 70])))))
                        .join();
                for (int round = 0; round < ROUNDS; round++) {
                    report("write and fdatasync", bare, round);
                    report("append", append, round);
                }
            }
        }
    }

    private static void report(String name, Append append, int round) throws IOException {
        long[] nanos = new long[APPENDS];
        long began = System.nanoTime();
        for (int i = 0; i < APPENDS; i++) {
            long start = System.nanoTime();
            append.run(round * APPENDS + i);
            nanos[i] = System.nanoTime() - start;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Arrays.sort(nanos);
        System.out.printf(
                "  %-20s %7.0f/s  p50 %6.1f us  p99 %7.1f us%n",
                name, APPENDS / seconds, nanos[APPENDS / 2] / 1e3, nanos[APPENDS * 99 / 100] / 1e3);
    }
}
