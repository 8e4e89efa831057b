package io.dtx.benchmarks.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A connection for bytes with their length before them, and for numbers. One thread writes, one reads. */
final class Framed implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Framed(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    static Framed to(int port) throws IOException {
        return new Framed(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    void write(byte[] bytes, int length) throws IOException {
        out.writeInt(length);
        out.write(bytes, 0, length);
        out.flush();
    }

    void write(long number) throws IOException {
        out.writeLong(number);
        out.flush();
    }

    byte[] read() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    /** Whether something has arrived that was not read yet. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    long readNumber() throws IOException {
        return in.readLong();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
