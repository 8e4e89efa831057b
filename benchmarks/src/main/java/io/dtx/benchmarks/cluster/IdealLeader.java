package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.log.BatchFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * The least that a replicated log can do: what arrives from the driver while one batch is on its way is the next batch, which is
 * sent to two followers, written and forced here meanwhile, and acknowledged when this disk and that of one follower have it.
 * No terms, no elections, no state, no encoding: nobody could trust it.
 */
final class IdealLeader {

    private static final int HEADER = 8 + 8; // number, checksum of the rest
    private static final int BATCH_BYTES_MAX = 4 << 20;

    private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES_MAX);
    private final CRC32C checksum = new CRC32C();
    private final BatchFile file;
    private final Framed[] followers;
    private final Thread thread = Thread.currentThread();
    private volatile long acknowledged;

    private IdealLeader(BatchFile file, Framed... followers) {
        this.file = file;
        this.followers = followers;
    }

    /** Takes the file and the followers' ports; prints the port for the driver. Ends when the driver's connection does. */
    public static void main(String[] arguments) throws IOException {
        try (BatchFile file = new BatchFile(Path.of(arguments[0]), IdealFollower.FILE_BYTES);
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Framed one = Framed.to(Integer.parseInt(arguments[1]));
                Framed other = Framed.to(Integer.parseInt(arguments[2]))) {
            System.out.println(listening.getLocalPort());
            try (Framed driver = new Framed(listening.accept())) {
                new IdealLeader(file, one, other).lead(driver);
            }
        }
    }

    private void lead(Framed driver) throws IOException {
        for (Framed each : followers) {
            Thread acknowledging = new Thread(() -> acknowledge(each), "ideal-follower");
            acknowledging.setDaemon(true);
            acknowledging.start();
        }
        for (long number = 1; ; number++) {
            batch.clear().position(HEADER);
            int frames = 0;
            do {
                batch.put(driver.read());
                frames++;
            } while (driver.hasMore() && batch.remaining() > BATCH_BYTES_MAX / 2);
            replicate(number);
            driver.write(frames);
        }
    }

    private void replicate(long number) throws IOException {
        int length = batch.position();
        checksum.reset();
        checksum.update(batch.array(), HEADER, length - HEADER);
        batch.putLong(0, number).putLong(8, checksum.getValue());
        for (Framed each : followers) {
            each.write(batch.array(), length);
        }
        file.append(ByteBuffer.wrap(batch.array(), 0, length));
        while (acknowledged < number) {
            LockSupport.park(this);
        }
    }

    private void acknowledge(Framed follower) {
        try {
            while (true) {
                long number = follower.readNumber();
                synchronized (this) {
                    acknowledged = Math.max(acknowledged, number);
                }
                LockSupport.unpark(thread);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a follower is gone", e);
        }
    }
}
