package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.jta.xa.XATxConverter;
import io.dtx.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a prepared branch says: Narayana's global transaction id is the transaction's uid, then the name of the node
 * that prepared it, which is {@code cluster-session} here.
 *
 * @param uid the transaction manager's name for the transaction
 * @param cluster the owner's log
 * @param session the owner
 */
record BranchName(String uid, long cluster, long session) {

    /** Returns the name that branches of a session carry: at most 26 bytes, Narayana allows 28. */
    static String node(long cluster, long session) {
        String id = new TransactionId(cluster, session, 1).toString();
        return id.substring(0, id.lastIndexOf('-'));
    }

    /** Returns what a branch's name says, or null if it is nobody's that is named like ours. */
    static @Nullable BranchName of(Xid xid) {
        byte[] global = xid.getGlobalTransactionId();
        if (xid.getFormatId() != XATxConverter.FORMAT_ID || global.length <= Uid.UID_SIZE) {
            return null;
        }
        String node = new String(global, Uid.UID_SIZE, global.length - Uid.UID_SIZE, StandardCharsets.UTF_8);
        TransactionId first;
        try {
            first = TransactionId.parse(node + "-1");
        } catch (IllegalArgumentException e) { // another application's node
            return null;
        }
        return new BranchName(new Uid(global).stringForm(), first.cluster(), first.session());
    }

    /** Returns whether two names are those of the same branch: drivers need not have an equals. */
    static boolean same(Xid one, Xid other) {
        return one.getFormatId() == other.getFormatId()
                && Arrays.equals(one.getGlobalTransactionId(), other.getGlobalTransactionId())
                && Arrays.equals(one.getBranchQualifier(), other.getBranchQualifier());
    }
}
