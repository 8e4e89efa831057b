package io.dtx.cli;

import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Members of a cluster in this process, at real ports. */
final class LocalCluster implements AutoCloseable {

    static final long NAME = 0xC1_0000_0000_0007L;
    static final String HEX = String.format("%016x", NAME);

    private final Path base;
    private final Map<Integer, Integer> ports = new TreeMap<>();
    private final Map<Integer, DtxMember> running = new TreeMap<>();

    LocalCluster(Path base, int size) throws IOException {
        this.base = base;
        List<String> members = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            members.add(name(id));
        }
        for (int id = 1; id <= size; id++) {
            DtxMember.create(directory(id), NAME, name(id), members);
        }
    }

    LocalCluster startAll() {
        List.copyOf(ports.keySet()).forEach(this::start);
        awaitLeader();
        return this;
    }

    DtxMember start(int id) {
        return start(id, Map.of());
    }

    DtxMember start(int id, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putIfAbsent("dtx.log.dir", directory(id).toString());
        settings.putIfAbsent("dtx.member.listen", "127.0.0.1:" + ports.get(id));
        settings.put("dtx.log", "raft");
        settings.put("dtx.election.timeout", "1s");
        settings.put("dtx.log.segment.bytes", "65536");
        DtxMember member = DtxMember.start(settings);
        running.put(id, member);
        return member;
    }

    void stop(int id) {
        running.remove(id).close();
    }

    /** Makes and starts a member that waits to be added. */
    DtxMember join(int id) throws IOException {
        DtxMember.createJoining(directory(id), NAME, name(id));
        return start(id);
    }

    /** Gives an id the port of another. */
    void share(int id, int portOf) {
        ports.put(id, ports.get(portOf));
    }

    Path directory(int id) {
        return base.resolve("member-" + id);
    }

    /** Returns {@code id@host:port}; an id that is new gets a free port. */
    String name(int id) throws IOException {
        if (!ports.containsKey(id)) {
            ports.put(id, FreePort.next());
        }
        return id + "@" + address(id);
    }

    String address(int id) {
        return "127.0.0.1:" + ports.get(id);
    }

    int port(int id) {
        return ports.get(id);
    }

    String addresses(int... ids) {
        List<String> all = new ArrayList<>();
        for (int id : ids) {
            all.add(address(id));
        }
        return String.join(",", all);
    }

    /** Returns who leads; 0 while nobody does. */
    int leader() {
        return running.entrySet().stream()
                .filter(each -> each.getValue().leads())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    int awaitLeader() {
        await("a leader", () -> leader() != 0);
        return leader();
    }

    int aFollower() {
        int leader = awaitLeader();
        return running.keySet().stream().filter(id -> id != leader).findFirst().orElseThrow();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("no " + what + " in time");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }
}
