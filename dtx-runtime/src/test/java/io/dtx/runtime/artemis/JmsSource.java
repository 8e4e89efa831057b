package io.dtx.runtime.artemis;

import io.dtx.spi.XaSource;
import jakarta.jms.JMSContext;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import javax.transaction.xa.XAResource;

/** A JMS broker as an XA resource, as the documentation shows it. Business code works with its {@link JMSContext}. */
record JmsSource(XAConnectionFactory factory) implements XaSource {

    @Override
    public XaConnection open() {
        XAJMSContext context = factory.createXAContext();
        return new XaConnection() {
            @Override
            public XAResource resource() {
                return context.getXAResource();
            }

            @Override
            public JMSContext handle() {
                return context;
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }
}
