package io.dtx.benchmarks.cluster;

import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Three members of a cluster of dtx, in processes of their own, until they are closed. */
public final class Members implements AutoCloseable {

    private static final int MEMBERS = 3;
    private static final long CLUSTER = 0xC1;

    private final Processes processes = new Processes();
    private final List<Integer> ports;

    /** Makes a cluster in the directory, and starts it. */
    public Members(Path directory) throws IOException {
        ports = freePorts();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            named.add((i + 1) + "@127.0.0.1:" + ports.get(i));
        }
        try {
            for (int i = 0; i < MEMBERS; i++) {
                Path own = directory.resolve("member-" + (i + 1));
                DtxMember.create(own, CLUSTER, named.get(i), named);
                processes.start(MemberProcess.class, own.toString(), String.valueOf(ports.get(i)));
            }
        } catch (IOException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    private static List<Integer> freePorts() throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < MEMBERS) {
            int port = ThreadLocalRandom.current()
                    .nextInt(15_000, 30_000); // the system gives none of them to a connection
            try (ServerSocket free = new ServerSocket(port)) {
                ports.add(free.getLocalPort());
            } catch (BindException e) {
                continue; // somebody has it
            }
        }
        return List.copyOf(ports);
    }

    /** Returns what makes a process their client. */
    public Map<String, String> settings() {
        return Map.of("dtx.log", "raft", "dtx.members", String.join(",", addresses()));
    }

    /** Returns where they listen. */
    public List<String> addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /** Returns the CPU time that they have used so far. */
    public long cpuNanos() {
        return processes.cpuNanos();
    }

    /** Has them count how long entries spend where, anew if they do already. */
    void countStages() throws IOException {
        processes.ask(MemberProcess.COUNT);
    }

    /** Ends the count; returns how long entries have spent where in those that led. */
    List<String> stages() throws IOException {
        return processes.ask(MemberProcess.TELL).stream()
                .filter(words -> words != null && !words.isEmpty())
                .toList();
    }

    @Override
    public void close() throws IOException {
        processes.close();
    }
}
