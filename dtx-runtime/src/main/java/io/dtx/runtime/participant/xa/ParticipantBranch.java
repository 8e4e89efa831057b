package io.dtx.runtime.participant.xa;

import io.dtx.TransactionContext;
import io.dtx.spi.BranchId;
import io.dtx.spi.Contexts;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.DtxParticipant.Work;
import io.dtx.spi.XaSource.XaConnection;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A participant's branch of one transaction, or one scan of what is in doubt there, in the words of XA. The participant keeps
 * what it has prepared, under a name from which the branch's XA name can be read back.
 *
 * @param <P> what the participant's branches need to end
 */
final class ParticipantBranch<P> implements XaConnection, XAResource {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final DtxParticipant<P> participant;
    private @Nullable BranchId begun;
    private @Nullable Work<P> work;
    private @Nullable P prepared;
    private @Nullable Map<BranchId, P> listed;

    ParticipantBranch(DtxParticipant<P> participant) {
        this.participant = participant;
    }

    @Override
    public XAResource resource() {
        return this;
    }

    @Override
    public Object handle() {
        return Objects.requireNonNull(work, "not enlisted").handle();
    }

    @Override
    public void close() {}

    /** Outside a transaction, as for a probe, there is no work. */
    @Override
    public void start(Xid xid, int flags) throws XAException {
        TransactionContext transaction = Contexts.transaction();
        if (flags != TMNOFLAGS || transaction == null) {
            return;
        }
        try {
            BranchId branch = name(transaction, xid);
            work = participant.begin(branch);
            begun = branch;
        } catch (Exception | Error e) {
            throw InDoubt.failed(e);
        }
    }

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public int prepare(Xid xid) throws XAException {
        Work<P> own = work;
        BranchId branch = begun;
        if (own == null || branch == null) {
            return XA_RDONLY;
        }
        try {
            prepared = own.prepare();
        } catch (Exception | Error e) {
            throw refused(branch, e);
        }
        return prepared == null ? XA_RDONLY : XA_OK;
    }

    /** What has failed halfway may be listed as prepared: it goes away now, or it is in doubt until somebody looks. */
    private XAException refused(BranchId branch, Throwable failure) {
        try {
            participant.abort(branch, null);
        } catch (Exception | Error e) {
            failure.addSuppressed(e);
            return InDoubt.failed(failure);
        }
        XAException rolledBack = new XAException(String.valueOf(failure.getMessage()));
        rolledBack.errorCode = XAException.XA_RBROLLBACK;
        rolledBack.initCause(failure);
        return rolledBack;
    }

    /** Commits what is prepared: in one phase nothing is, see {@link GuardedXaResource}. */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        BranchId own = begun;
        P data = prepared;
        if (onePhase) {
            throw new XAException(XAException.XAER_PROTO);
        }
        try {
            if (own != null && data != null) {
                participant.commit(own, data);
            } else {
                Map.Entry<BranchId, P> found = find(xid);
                participant.commit(found.getKey(), found.getValue());
            }
        } catch (XAException e) {
            throw e;
        } catch (Exception | Error e) {
            throw InDoubt.failed(e);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        BranchId own = begun;
        try {
            if (own != null) {
                participant.abort(own, prepared);
            } else {
                Map.Entry<BranchId, P> found = find(xid);
                participant.abort(found.getKey(), found.getValue());
            }
        } catch (XAException e) {
            throw e;
        } catch (Exception | Error e) {
            throw InDoubt.failed(e);
        }
    }

    private Map.Entry<BranchId, P> find(Xid xid) throws Exception {
        Map<BranchId, P> known = listed;
        if (known == null) {
            known = list();
        }
        for (Map.Entry<BranchId, P> each : known.entrySet()) {
            Xid name = xid(each.getKey());
            if (name != null && BranchName.same(name, xid)) {
                return each;
            }
        }
        throw new XAException(XAException.XAER_NOTA);
    }

    private Map<BranchId, P> list() throws Exception {
        Map<BranchId, P> now = Map.copyOf(participant.inDoubt());
        listed = now;
        return now;
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        try {
            return list().keySet().stream()
                    .map(ParticipantBranch::xid)
                    .filter(Objects::nonNull)
                    .toArray(Xid[]::new);
        } catch (Exception | Error e) {
            throw InDoubt.failed(e);
        }
    }

    private static BranchId name(TransactionContext transaction, Xid xid) {
        return new BranchId(
                transaction.id(),
                TEXT.encodeToString(xid.getGlobalTransactionId())
                        + "."
                        + TEXT.encodeToString(xid.getBranchQualifier()));
    }

    /** Returns the XA name of a branch; null: it is none that was named here. */
    private static @Nullable Xid xid(BranchId branch) {
        String[] parts = branch.qualifier().split("\\.", -1);
        try {
            return parts.length == 2
                    ? new PlainXid(
                            Base64.getUrlDecoder().decode(parts[0]),
                            Base64.getUrlDecoder().decode(parts[1]))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
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
