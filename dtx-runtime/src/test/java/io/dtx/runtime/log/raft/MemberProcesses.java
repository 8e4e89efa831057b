package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.runtime.net.TlsFiles;
import io.dtx.runtime.testdb.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A cluster whose members are processes, that are killed, paused, started again, added and removed. */
final class MemberProcesses implements AutoCloseable {

    final List<String> wrong = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<Long, Long> digests = new ConcurrentHashMap<>();
    private final Map<Integer, Member> members = new TreeMap<>();
    private final Map<Integer, Path> elsewhere = new TreeMap<>();
    private final Map<Integer, MemberHandle> running = new ConcurrentHashMap<>();
    private final Path base;
    private final long snapshotBytes;
    private boolean planted;
    private long keep = Long.MAX_VALUE;
    private Namespaces namespaces;
    private String classPath = System.getProperty("java.class.path");
    private Map<String, String> certificates = Map.of();
    private int nextId;

    MemberProcesses(Path base, long snapshotBytes) {
        this.base = base;
        this.snapshotBytes = snapshotBytes;
    }

    /** Members that read without a barrier, and acknowledge before the commit. */
    MemberProcesses withPlantedBugs() {
        planted = true;
        return this;
    }

    /** Members whose state forgets a step when so many more have come. */
    MemberProcesses thatKeep(long steps) {
        keep = steps;
        return this;
    }

    MemberProcesses within(Namespaces networks) {
        namespaces = networks;
        return this;
    }

    /** Members that are made of these jars and directories alone. */
    MemberProcesses madeOf(List<Path> elements) {
        classPath = elements.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** The directory of one member is another one. */
    MemberProcesses with(int id, Path directory) {
        elsewhere.put(id, directory);
        return this;
    }

    /** Members that speak over TLS, all with one certificate. */
    MemberProcesses overTls(TlsFiles files) {
        certificates = Map.of(
                "key", files.key().toString(),
                "chain", files.chain().toString(),
                "authorities", files.authorities().toString());
        return this;
    }

    /** Makes a cluster and starts it. */
    MemberProcesses of(int size) throws IOException, InterruptedException {
        for (int i = 0; i < size; i++) {
            newMember();
        }
        for (Member each : members.values()) {
            RaftLog.createCluster(directory(each.id()), TestCluster.CLUSTER, each, List.copyOf(members.values()));
        }
        startAll();
        return this;
    }

    private Member newMember() throws IOException {
        int id = ++nextId;
        Member member = namespaces == null
                ? new Member(id, "127.0.0.1", FreePort.next())
                : new Member(id, namespaces.address(id), 7000);
        members.put(id, member);
        return member;
    }

    /** Makes a member that waits to be added, and starts it. */
    Member startJoining() throws IOException, InterruptedException {
        Member member = newMember();
        RaftLog.createJoining(directory(member.id()), TestCluster.CLUSTER, member);
        start(member.id());
        awaitReady();
        return member;
    }

    Path directory(int id) {
        return elsewhere.getOrDefault(id, base.resolve("member-" + id));
    }

    /** Starts it, without waiting. */
    void start(int id) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "directory", directory(id).toString(),
                "planted", String.valueOf(planted),
                "keep", String.valueOf(keep),
                "snapshot-bytes", String.valueOf(snapshotBytes)));
        settings.putAll(certificates);
        List<String> within = namespaces == null ? List.of() : namespaces.enter(id);
        running.put(
                id,
                MemberHandle.start(
                        members.get(id), within, classPath, settings, base.resolve("errors-" + id), this::applied));
    }

    private void applied(long index, long digest) {
        Long known = digests.putIfAbsent(index, digest);
        if (known != null && known != digest) {
            wrong.add("members differ at " + index);
        }
    }

    /** Starts everybody that is down and wakes everybody that stands still. */
    void startAll() throws IOException, InterruptedException {
        for (int id : members.keySet()) {
            MemberHandle handle = running.get(id);
            if (handle == null) {
                start(id);
            } else if (handle.isPaused()) {
                handle.resume();
            }
        }
        awaitReady();
    }

    private void awaitReady() throws InterruptedException, IOException {
        for (MemberHandle each : running.values()) {
            each.awaitReady();
        }
    }

    void kill(int id) throws InterruptedException {
        Objects.requireNonNull(running.remove(id)).kill();
    }

    void killAll() throws InterruptedException {
        for (int id : List.copyOf(running.keySet())) {
            kill(id);
        }
    }

    void stop(int id) throws InterruptedException {
        Objects.requireNonNull(running.remove(id)).close();
    }

    /** It is no member any more, and never comes back. */
    void forget(int id) throws InterruptedException {
        if (running.containsKey(id)) {
            kill(id);
        }
        members.remove(id);
    }

    MemberHandle handle(int id) {
        return Objects.requireNonNull(running.get(id), () -> "member " + id + " is down");
    }

    List<MemberHandle> running() {
        return List.copyOf(running.values());
    }

    List<Integer> ids() {
        return List.copyOf(members.keySet());
    }

    /** One of the members that said last that they lead and are not known to stand still; 0 if there is none. */
    int leader() {
        List<Integer> leaders = running.values().stream()
                .filter(each -> each.leads() && !each.isPaused())
                .map(each -> each.member().id())
                .toList();
        return leaders.isEmpty() ? 0 : leaders.get(ThreadLocalRandom.current().nextInt(leaders.size()));
    }

    int awaitLeader() {
        TestCluster.await("a leader", () -> leader() != 0);
        return leader();
    }

    int aFollower() {
        int leader = awaitLeader();
        return running.keySet().stream().filter(id -> id != leader).findAny().orElseThrow();
    }

    /** Waits until all running members have what any of them has now. */
    void awaitCaughtUp() {
        long last = running.values().stream()
                .mapToLong(each -> State.of(each).index())
                .max()
                .orElse(0);
        await(
                "index " + last + " everywhere",
                () -> running.values().stream().allMatch(each -> State.of(each).index() >= last));
    }

    /** Waits until all members have come to the same end. */
    void awaitSame() {
        await("same end of " + members.keySet(), this::isSame);
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            TestCluster.await(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + described(), e);
        }
    }

    /** What each member has come to, and what it said last. */
    private String described() {
        StringBuilder text = new StringBuilder();
        running.forEach((id, each) -> text.append("\nmember ")
                .append(id)
                .append(each.leads() ? " leads, " : ", ")
                .append(State.of(each))
                .append(each.halted())
                .append(" and said at its end: ")
                .append(each.said()));
        return text.toString();
    }

    private boolean isSame() {
        Set<String> ends = new HashSet<>();
        for (MemberHandle each : running.values()) {
            State state = State.of(each);
            assertEquals("[]", state.wrong(), () -> each.member() + " " + each.halted());
            ends.add(state.index() + " " + state.digest());
        }
        return ends.size() == 1;
    }

    /** Where a member is. */
    record State(long index, long digest, int restores, String wrong) {

        static State of(MemberHandle member) {
            try {
                String[] words = member.answer("state").split(" ", 4);
                return new State(
                        Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]), words[3]);
            } catch (IOException e) {
                throw new AssertionError(member.member() + " halted: " + member.halted(), e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Returns the steps that a member has; each was read from its log. */
    List<Long> steps(int id) throws IOException, InterruptedException {
        Path file = base.resolve("steps-" + id);
        assertEquals("[]", handle(id).answer("audit " + file), "member " + id);
        return Files.readAllLines(file).stream().map(Long::valueOf).toList();
    }

    @Override
    public void close() throws InterruptedException {
        for (MemberHandle each : running.values()) {
            each.kill();
        }
    }
}
