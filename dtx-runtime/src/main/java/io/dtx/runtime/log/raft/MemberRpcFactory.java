package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;
import org.jspecify.annotations.Nullable;

/** Lets consensus send through our transport. Found by the library as a service; there is one in a JVM, for all members in it. */
@SPI(name = "dtx", priority = 100)
public final class MemberRpcFactory implements RaftRpcFactory {

    /** Is made by the library. */
    public MemberRpcFactory() {}

    @Override
    public void registerProtobufSerializer(String className, Object... arguments) {
        // RpcMessages knows what members say
    }

    @Override
    public RpcClient createRpcClient(@Nullable ConfigHelper<RpcClient> configuration) {
        MemberRpcClient client = new MemberRpcClient();
        if (configuration != null) {
            configuration.config(client);
        }
        return client;
    }

    /** Tells the client whose it is. */
    @Override
    public @Nullable ConfigHelper<RpcClient> defaultJRaftClientConfigHelper(RpcOptions options) {
        return options instanceof MemberOptions own ? client -> ((MemberRpcClient) client).use(own.outbound()) : null;
    }

    @Override
    public RpcServer createRpcServer(Endpoint endpoint, @Nullable ConfigHelper<RpcServer> configuration) {
        throw new UnsupportedOperationException("members listen through their transport");
    }
}
