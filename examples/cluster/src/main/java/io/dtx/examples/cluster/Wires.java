package io.dtx.examples.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network: for each pair of caller and member a loopback address of its own, which the member's name stands for where the
 * caller looks names up. What comes there is handed on, unless one of the two is cut off: then it waits, and so do the calls that
 * begin meanwhile. Thread-safe.
 */
final class Wires implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
    private final Map<Closeable, String> open = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Lays a wire, and returns the line of a hosts file that leads to it. */
    String lay(String from, String to, int port) throws IOException {
        for (String each : List.of(from, to)) {
            if (!names.contains(each)) {
                names.add(each);
            }
        }
        String address = "127.77." + (1 + names.indexOf(from)) + "." + (1 + names.indexOf(to));
        ServerSocket server = new ServerSocket(port, 0, InetAddress.getByName(address));
        open.put(server, to);
        daemon("wire " + from + "-" + to, () -> accept(server, from, to, port));
        return address + " " + to;
    }

    /** Nothing reaches it, and nothing that it says reaches anybody. */
    void cutOff(String name) {
        cutOff.add(name);
    }

    /** What has waited arrives. */
    void heal(String name) {
        lock.lock();
        try {
            cutOff.remove(name);
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket server, String from, String to, int port) {
        while (!closed) {
            try {
                Socket caller = server.accept();
                open.put(caller, from);
                daemon("wire " + from + "-" + to, () -> connect(caller, from, to, port));
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException("the wire from " + from + " to " + to + " is broken", e);
                }
            }
        }
    }

    private void connect(Socket caller, String from, String to, int port) {
        Socket callee = new Socket();
        open.put(callee, to);
        try {
            awaitHealed(from, to);
            callee.connect(new InetSocketAddress("127.0.0.1", port));
            caller.setTcpNoDelay(true);
            callee.setTcpNoDelay(true);
            daemon("wire " + to + "-" + from, () -> pump(callee, caller, to, from));
        } catch (IOException e) {
            end(caller, callee); // nobody listens, and the caller hears of it
            return;
        }
        pump(caller, callee, from, to);
    }

    private void pump(Socket source, Socket target, String from, String to) {
        byte[] bytes = new byte[1 << 16];
        try {
            InputStream in = source.getInputStream();
            OutputStream out = target.getOutputStream();
            int count;
            do {
                count = in.read(bytes);
                awaitHealed(from, to);
                out.write(bytes, 0, Math.max(0, count));
            } while (count >= 0);
        } catch (IOException e) {
            awaitHealed(from, to); // one end is gone, which the other one cannot know while it is cut off
        } finally {
            end(source, target);
        }
    }

    private void awaitHealed(String from, String to) {
        lock.lock();
        try {
            while (!closed && (cutOff.contains(from) || cutOff.contains(to))) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Closeable... ends) {
        for (Closeable each : ends) {
            open.remove(each);
            try {
                each.close();
            } catch (IOException e) {
                System.err.println("a wire's end: " + e);
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
        end(open.keySet().toArray(Closeable[]::new));
    }
}
