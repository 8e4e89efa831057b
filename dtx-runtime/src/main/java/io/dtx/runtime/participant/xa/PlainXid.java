package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.jta.xa.XATxConverter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import javax.transaction.xa.Xid;

/** The name of a branch, made here or read back. */
final class PlainXid implements Xid {

    private final int formatId;
    private final byte[] global;
    private final byte[] branch;

    /** Copies a name that a driver has given. */
    PlainXid(Xid listed) {
        formatId = listed.getFormatId();
        global = listed.getGlobalTransactionId();
        branch = listed.getBranchQualifier();
    }

    /** Puts a name together that was taken apart. */
    PlainXid(byte[] global, byte[] branch) {
        this.formatId = XATxConverter.FORMAT_ID;
        this.global = global.clone();
        this.branch = branch.clone();
    }

    /** Makes a new name, for a probe of this node. It is named like any other: if a crash leaves it, it is rolled back like one. */
    PlainXid(String node) {
        formatId = XATxConverter.FORMAT_ID;
        byte[] uid = new Uid().getBytes();
        byte[] name = node.getBytes(StandardCharsets.UTF_8);
        global = Arrays.copyOf(uid, uid.length + name.length);
        System.arraycopy(name, 0, global, uid.length, name.length);
        branch = Arrays.copyOf(new Uid().getBytes(), uid.length + 8);
    }

    @Override
    public int getFormatId() {
        return formatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return global.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return branch.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xid xid && BranchName.same(this, xid);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(global), Arrays.hashCode(branch));
    }
}
