package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the replicated log brings along, and what it does not. */
class ClassPathTest {

    private static final long BYTES_MAX = 8_000_000;

    private static final List<String> BROUGHT = List.of(
            "jraft-core-",
            "protobuf-java-",
            "disruptor-",
            "jctools-core-",
            "metrics-core-",
            "commons-lang-2",
            "commons-io-",
            "slf4j-api-");

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
        long bytes = 0;
        int found = 0;
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(element);
            String name = String.valueOf(file.getFileName());
            if (BROUGHT.stream().anyMatch(name::startsWith)) {
                bytes += Files.size(file);
                found++;
            }
        }
        System.out.println("the replicated log brings " + found + " jars, " + bytes + " bytes");
        assertThat(found).isEqualTo(BROUGHT.size());
        assertThat(bytes).isLessThan(BYTES_MAX);
    }

    @Test
    void consensus_speaks_through_our_transport() {
        assertThat(com.alipay.sofa.jraft.util.RpcFactoryHelper.rpcFactory()).isInstanceOf(MemberRpcFactory.class);
    }
}
