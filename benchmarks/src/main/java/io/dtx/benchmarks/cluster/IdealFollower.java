package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.log.BatchFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A follower of the {@link IdealLeader}: writes each batch, forces it, and answers with how many it has. */
final class IdealFollower {

    static final long FILE_BYTES = 64 << 20;

    private IdealFollower() {}

    /** Takes the file; prints the port. Ends when the leader's connection does. */
    public static void main(String[] arguments) throws IOException {
        try (BatchFile file = new BatchFile(Path.of(arguments[0]), FILE_BYTES);
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(listening.getLocalPort());
            try (Framed leader = new Framed(listening.accept())) {
                for (long batch = 1; ; batch++) {
                    file.append(ByteBuffer.wrap(leader.read()));
                    leader.write(batch);
                }
            }
        }
    }
}
