package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.jta.xa.XATxConverter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.transaction.xa.Xid;

/** The name of a branch, as Narayana would give it. */
record NamedXid(Uid transaction, String node, int branch) implements Xid {

    @Override
    public int getFormatId() {
        return XATxConverter.FORMAT_ID;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        byte[] name = node.getBytes(StandardCharsets.UTF_8);
        byte[] global = Arrays.copyOf(transaction.getBytes(), Uid.UID_SIZE + name.length);
        System.arraycopy(name, 0, global, Uid.UID_SIZE, name.length);
        return global;
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1, (byte) branch};
    }
}
