package io.dtx.runtime.atomic;

import io.dtx.spi.XaSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource manager that is no database: lines that are there once their transaction has committed. */
final class MemoryJournal implements XaSource {

    /** What business code works with. */
    interface Writer {
        void write(String line);
    }

    final List<String> lines = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet(); // which prepared and committed
    final AtomicInteger openConnections = new AtomicInteger();
    private final Map<Xid, List<String>> prepared = new LinkedHashMap<>();

    @Override
    public XaConnection open() {
        openConnections.incrementAndGet();
        return new Connection();
    }

    private final class Connection implements XaConnection, XAResource, Writer {

        private List<String> written = new ArrayList<>();

        @Override
        public XAResource resource() {
            return this;
        }

        @Override
        public Object handle() {
            return this;
        }

        @Override
        public void write(String line) {
            written.add(line);
        }

        @Override
        public void close() {
            openConnections.decrementAndGet();
        }

        @Override
        public void start(Xid xid, int flags) {
            written = new ArrayList<>();
        }

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public int prepare(Xid xid) {
            threads.add(Thread.currentThread());
            prepared.put(xid, written);
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            threads.add(Thread.currentThread());
            lines.addAll(onePhase ? written : take(xid));
        }

        @Override
        public void rollback(Xid xid) {
            prepared.remove(xid);
        }

        private List<String> take(Xid xid) throws XAException {
            List<String> taken = prepared.remove(xid);
            if (taken == null) {
                throw new XAException(XAException.XAER_NOTA);
            }
            return taken;
        }

        @Override
        public Xid[] recover(int flag) {
            return prepared.keySet().toArray(Xid[]::new);
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
