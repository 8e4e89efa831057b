package io.dtx.runtime.artemis;

import io.dtx.runtime.testdb.FreePort;
import io.dtx.spi.XaSource;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.jspecify.annotations.Nullable;

/** An Artemis broker in this process that keeps what it has accepted, and listens on a port of its own. */
final class Broker implements AutoCloseable {

    static final String QUEUE = "moves";

    private final EmbeddedActiveMQ server;
    private final String url;

    private Broker(EmbeddedActiveMQ server, String url) {
        this.server = server;
        this.url = url;
    }

    static Broker start(Path directory) throws Exception {
        String url = "tcp://127.0.0.1:" + FreePort.next();
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .addAcceptorConfiguration("tcp", url)
                .addQueueConfiguration(QueueConfiguration.of(QUEUE).setRoutingType(RoutingType.ANYCAST));
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
        return new Broker(server, url);
    }

    String url() {
        return url;
    }

    /** Returns the broker at an address as an XA resource. */
    static JmsSource source(String url) {
        return new JmsSource(new ActiveMQXAConnectionFactory(url));
    }

    /** Takes all messages off the queue, outside of transactions. */
    List<String> takeAll() throws Exception {
        List<String> texts = new ArrayList<>();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(url);
        try (connections;
                JMSContext context = ((ConnectionFactory) connections).createContext()) {
            JMSConsumer consumer = context.createConsumer(context.createQueue(QUEUE));
            for (String text = next(consumer); text != null; text = next(consumer)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static @Nullable String next(JMSConsumer consumer) {
        return consumer.receiveBodyNoWait(String.class);
    }

    /** Commits all that is prepared at a broker, as a survivor does; returns how many branches that were. */
    static int commitAll(String url) throws Exception {
        try (XaSource.XaConnection connection = source(url).open()) {
            XAResource resource = connection.resource();
            Xid[] prepared = resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
            for (Xid each : prepared) {
                resource.commit(each, false);
            }
            return prepared.length;
        }
    }

    /** Rolls back all that is prepared here, as an administrator does who has lost patience; returns how many branches that were. */
    int rollBackAllByHand() throws Exception {
        List<Xid> prepared = server.getActiveMQServer().getResourceManager().getPreparedTransactions();
        for (Xid each : prepared) {
            server.getActiveMQServer()
                    .getActiveMQServerControl()
                    .rollbackPreparedTransaction(XidImpl.toBase64String(each));
        }
        return prepared.size();
    }

    /** Returns the branches that were rolled back by hand and are not forgotten. */
    List<Xid> heuristicallyRolledBack() {
        return server.getActiveMQServer().getResourceManager().getHeuristicRolledbackTransactions();
    }

    /** Returns how many branches are prepared. */
    int inDoubt() {
        return server.getActiveMQServer()
                .getResourceManager()
                .getPreparedTransactions()
                .size();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
