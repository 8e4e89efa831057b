package io.dtx.runtime.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network between a client and a member that can lose or hold up what travels, in each direction; nobody is told. */
final class Wire implements AutoCloseable {

    private final ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Address member;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private volatile boolean lostTowardsMember;
    private volatile boolean lostTowardsClient;
    private boolean held;

    Wire(Address member) throws IOException {
        this.member = member;
        start(this::accept);
    }

    Address address() {
        return new Address("127.0.0.1", port.getLocalPort());
    }

    /** Loses what travels from now on. */
    void cut(boolean towardsMember, boolean towardsClient) {
        lostTowardsMember = towardsMember;
        lostTowardsClient = towardsClient;
    }

    /** Keeps what travels towards the client until the network is mended. */
    void hold() {
        set(true);
    }

    /** Loses nothing of what is sent from now on, and lets out what was held. */
    void mend() {
        cut(false, false);
        set(false);
    }

    private void set(boolean hold) {
        lock.lock();
        try {
            held = hold;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = port.accept();
            Socket onwards = new Socket(member.host(), member.port());
            sockets.addAll(List.of(client, onwards));
            start(() -> carry(client, onwards, true));
            start(() -> carry(onwards, client, false));
        }
    }

    private void carry(Socket from, Socket to, boolean towardsMember) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!towardsMember) {
                    awaitMended();
                }
                if (!(towardsMember ? lostTowardsMember : lostTowardsClient)) {
                    out.write(buffer, 0, count);
                }
            }
        }
    }

    private void awaitMended() {
        lock.lock();
        try {
            while (held) {
                mended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt(); // a socket was closed: this direction ends
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        mend();
        port.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
