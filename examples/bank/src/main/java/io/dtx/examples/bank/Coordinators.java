package io.dtx.examples.bank;

import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Where workers keep their decisions: each in a log of its own, or all in that of several members. */
record Coordinators(Path directory, List<String> addresses, List<Process> members) implements AutoCloseable {

    /** Starts members, or none. */
    static Coordinators start(Path directory, int count) throws IOException {
        List<String> addresses = freeAddresses(count);
        List<String> all = IntStream.range(0, count)
                .mapToObj(i -> i + 1 + "@" + addresses.get(i))
                .toList();
        List<Process> members = new ArrayList<>();
        long cluster = new SecureRandom().nextLong() | 1;
        for (int i = 0; i < count; i++) {
            Path own = directory.resolve("member-" + (i + 1));
            DtxMember.create(own, cluster, all.get(i), all);
            members.add(Processes.start(Member.class, Map.of(), own.toString(), addresses.get(i)));
        }
        return new Coordinators(directory, addresses, members);
    }

    private static List<String> freeAddresses(int count) throws IOException {
        Set<String> addresses = new LinkedHashSet<>();
        while (addresses.size() < count) {
            int port = ThreadLocalRandom.current()
                    .nextInt(15_000, 30_000); // the system gives none of them to a connection
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                addresses.add("127.0.0.1:" + free.getLocalPort());
            } catch (BindException e) {
                continue; // somebody has it
            }
        }
        return List.copyOf(addresses);
    }

    /** Returns the configuration of one of the workers. */
    Map<String, String> configuration(int worker) {
        Map<String, String> values = new HashMap<>(Map.of("dtx.application", "bank", "dtx.node", "worker-" + worker));
        if (addresses.isEmpty()) {
            values.put("dtx.log.dir", directory.resolve("worker-" + worker).toString());
        } else {
            values.put("dtx.log", "raft");
            values.put("dtx.members", String.join(",", addresses));
        }
        return values;
    }

    @Override
    public void close() throws IOException {
        for (Process each : members) {
            each.destroyForcibly();
        }
    }
}
