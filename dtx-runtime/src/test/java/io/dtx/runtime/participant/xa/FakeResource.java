package io.dtx.runtime.participant.xa;

import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.spi.XaSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A resource manager in memory with MariaDB's habit: a prepared branch that is attached to a living connection is listed for
 * everybody, and XAER_NOTA for everybody but that connection.
 */
final class FakeResource implements RegisteredResource, XaSource {

    private final String name;
    private final Map<Xid, Boolean> prepared = new LinkedHashMap<>(); // whether it is attached
    final Set<Xid> committed = new LinkedHashSet<>();
    final Set<Xid> rolledBack = new LinkedHashSet<>();
    int answersToCommit; // an XA code, 0 for none
    boolean silent;
    boolean unguarded; // whoever commits takes XAER_NOTA for a branch that has committed, as stock recovery does

    @Nullable
    String storeId = "";

    volatile CountDownLatch listing = new CountDownLatch(0); // what is in doubt is listed only then
    final AtomicInteger looks = new AtomicInteger();

    FakeResource(String name) {
        this.name = name;
    }

    void prepare(Xid xid, boolean attached) {
        prepared.put(xid, attached);
    }

    /** The connection that prepared it is gone. */
    void detach(Xid xid) {
        prepared.put(xid, false);
    }

    Set<Xid> listed() {
        return prepared.keySet();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public XaSource source() {
        return this;
    }

    @Override
    public @Nullable String storeId() {
        return storeId;
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        return null;
    }

    @Override
    public void connect(int poolMax) {}

    @Override
    public void start(OpenTransactions open, @Nullable OnePhaseGuard guard) {}

    @Override
    public void close() {}

    @Override
    public XaConnection open() throws Exception {
        if (silent) {
            throw new IllegalStateException("nobody listens at " + name);
        }
        return new XaConnection() {
            @Override
            public XAResource resource() {
                return new Branches();
            }

            @Override
            public Object handle() {
                return this;
            }

            @Override
            public void close() {}
        };
    }

    private final class Branches implements XAResource {

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            if (answersToCommit != 0) {
                throw new XAException(answersToCommit);
            }
            if (unguarded && prepared.getOrDefault(xid, true)) {
                return;
            }
            take(xid);
            committed.add(xid);
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            take(xid);
            rolledBack.add(xid);
        }

        private void take(Xid xid) throws XAException {
            if (prepared.getOrDefault(xid, true)) {
                throw new XAException(XAException.XAER_NOTA);
            }
            prepared.remove(xid);
        }

        @Override
        public Xid[] recover(int flag) {
            looks.incrementAndGet();
            try {
                listing.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return prepared.keySet().toArray(Xid[]::new);
        }

        @Override
        public void forget(Xid xid) {
            prepared.remove(xid);
        }

        @Override
        public void start(Xid xid, int flags) {}

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public int prepare(Xid xid) {
            return XA_OK;
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return false;
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
