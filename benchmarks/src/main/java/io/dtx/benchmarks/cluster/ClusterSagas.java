package io.dtx.benchmarks.cluster;

import io.dtx.benchmarks.load.Audit;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import io.dtx.benchmarks.noop.NoOpSagas;
import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sagas of three steps that do nothing on a replicated log: three members in processes of their own. */
public final class ClusterSagas implements Contender {

    private static final int MEMBERS = 3;
    private static final long CLUSTER = 0xC1;

    private final Processes members = new Processes();
    private final NoOpSagas sagas;

    /** Makes a cluster in the directory, and starts it. */
    public ClusterSagas(Path directory, int callers) throws IOException {
        List<Integer> ports = freePorts();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            named.add((i + 1) + "@127.0.0.1:" + ports.get(i));
        }
        try {
            for (int i = 0; i < MEMBERS; i++) {
                Path own = directory.resolve("member-" + (i + 1));
                DtxMember.create(own, CLUSTER, named.get(i), named);
                members.start(MemberProcess.class, own.toString(), String.valueOf(ports.get(i)));
            }
            String addresses = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
            sagas = new NoOpSagas(Map.of("dtx.log", "raft", "dtx.members", addresses), callers);
        } catch (IOException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < MEMBERS; i++) {
                held.add(new ServerSocket(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : held) {
                each.close();
            }
        }
    }

    @Override
    public String name() {
        return sagas.name();
    }

    @Override
    public void saga(int caller, int sequence) {
        sagas.saga(caller, sequence);
    }

    @Override
    public Ledger ledger() {
        return sagas.ledger();
    }

    @Override
    public Audit audit() throws Exception {
        return sagas.audit();
    }

    @Override
    public long forces() {
        return sagas.forces();
    }

    /** What entries have spent where so far does not count. */
    public void forgetStages() throws IOException {
        members.poke();
    }

    /** Stops the members; returns how long entries have spent where in those that led. */
    public List<String> stages() throws IOException {
        sagas.close();
        return members.lastWords().stream()
                .filter(words -> words != null && !words.isEmpty())
                .toList();
    }

    @Override
    public long foreignCpuNanos() {
        return members.cpuNanos();
    }

    @Override
    public void close() throws IOException {
        sagas.close();
        members.close();
    }
}
