package io.dtx.runtime.atomic;

import io.dtx.spi.XaSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource manager that is only read: each branch votes so, none is ever in doubt, and none may be told how it ended. */
final class Reader implements XaSource {

    /** What business code works with. */
    interface Desk {
        void read();
    }

    @Override
    public XaConnection open() {
        return new Connection();
    }

    private static final class Connection implements XaConnection, XAResource, Desk {

        @Override
        public XAResource resource() {
            return this;
        }

        @Override
        public Object handle() {
            return this;
        }

        @Override
        public void read() {}

        @Override
        public void close() {}

        @Override
        public void start(Xid xid, int flags) {}

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public int prepare(Xid xid) {
            return XA_RDONLY;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            throw new XAException(XAException.XAER_NOTA);
        }

        @Override
        public void rollback(Xid xid) {}

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }

        @Override
        public void forget(Xid xid) {}

        @Override
        public boolean isSameRM(XAResource other) {
            return this == other;
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }
}
