package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.net.DevelopmentCa;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.TlsFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the replicated log brings along, and what it does not. */
class ClassPathTest {

    private static final long BYTES_MAX = 8_000_000;

    /** Consensus with what it needs, and the network. */
    private static final List<String> BROUGHT = List.of(
            "jraft-core-",
            "protobuf-java-",
            "disruptor-",
            "jctools-core-",
            "metrics-core-",
            "commons-lang-2",
            "commons-io-",
            "slf4j-api-",
            "netty-handler-4",
            "netty-common-",
            "netty-buffer-",
            "netty-resolver-4",
            "netty-transport-4",
            "netty-transport-native-unix-common-",
            "netty-codec-base-");

    @TempDir
    Path base;

    @Test
    void neither_rocksdb_nor_bolt_nor_object_streams_are_there() {
        for (String absent : List.of(
                "org.rocksdb.RocksDB",
                "com.alipay.remoting.rpc.RpcServer",
                "com.caucho.hessian.io.Hessian2Input",
                "com.sun.jna.Native")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(absent), absent);
        }
    }

    @Test
    void the_jars_are_few_and_small() throws IOException {
        List<Path> jars = brought();
        long bytes = 0;
        for (Path each : jars) {
            bytes += Files.size(each);
        }
        System.out.println("the replicated log brings " + jars.size() + " jars, " + bytes + " bytes");
        assertThat(jars).hasSameSizeAs(BROUGHT);
        assertThat(bytes).isBetween(BYTES_MAX / 2, BYTES_MAX);
    }

    @Test
    void three_members_over_tls_need_no_other_jar() throws Exception {
        List<Path> elements = brought();
        for (Path each : classPath()) {
            if (Files.isDirectory(each) || each.getFileName().toString().startsWith("dtx-")) {
                elements.add(each);
            }
        }
        TlsFiles files = DevelopmentCa.in(base.resolve("tls")).issue("member", Role.MEMBER, List.of("127.0.0.1"));
        try (MemberProcesses cluster = new MemberProcesses(base, 20_000)
                        .madeOf(elements)
                        .overTls(files)
                        .of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(300);
            cluster.kill(cluster.awaitLeader());
            load.awaitMore(50);
            cluster.startAll();
            add(cluster); // it is sent a snapshot
            load.awaitMore(50);
            load.audit();
        }
    }

    private static void add(MemberProcesses cluster) throws Exception {
        Member joining = cluster.startJoining();
        TestCluster.await("member " + joining, () -> {
            MemberHandle leader = cluster.handle(cluster.awaitLeader());
            leader.ask("add " + joining).handle((told, failure) -> told).join();
            return leader.ask("members")
                    .handle((told, failure) ->
                            failure == null && List.of(told.split(",")).contains(String.valueOf(joining.id())))
                    .join();
        });
    }

    private static List<Path> brought() {
        List<Path> jars = new ArrayList<>(classPath());
        jars.removeIf(each -> BROUGHT.stream().noneMatch(each.getFileName().toString()::startsWith));
        return jars;
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    @Test
    void consensus_speaks_through_our_transport() {
        assertThat(com.alipay.sofa.jraft.util.RpcFactoryHelper.rpcFactory()).isInstanceOf(MemberRpcFactory.class);
    }
}
