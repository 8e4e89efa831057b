package io.dtx.runtime.participant.xa;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the log keeps of a decision: where branches may be in doubt, and Narayana's own record.
 *
 * @param resources the names of the resources that take part
 * @param type what Narayana calls this kind of record
 * @param bytes its record; empty for a transaction of one branch
 */
record DecisionRecord(Set<String> resources, String type, byte[] bytes) {

    private static final int VERSION = 1;
    private static final String ALONE = "/dtx/Alone";

    /** Returns the decision of a transaction of one branch, of which Narayana writes no record. */
    static DecisionRecord alone(String resource) {
        return new DecisionRecord(Set.of(resource), ALONE, new byte[0]);
    }

    byte[] encode() {
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream(bytes.length + 128);
        try (DataOutputStream out = new DataOutputStream(bytesOut)) {
            out.writeByte(VERSION);
            out.writeUTF(type);
            out.writeShort(resources.size());
            for (String each : resources) {
                out.writeUTF(each);
            }
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // names of more than 64 KB
        }
        return bytesOut.toByteArray();
    }

    static DecisionRecord decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("DTX-3531 a decision in the log has format " + version
                        + ", and this version of dtx reads " + VERSION + " only: start the newer one.");
            }
            String type = in.readUTF();
            Set<String> resources = new TreeSet<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                resources.add(in.readUTF());
            }
            return new DecisionRecord(resources, type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("DTX-3532 a decision in the log cannot be read", e);
        }
    }

    /** Narayana leaves out the slash at the beginning of a type's name when it likes. */
    boolean isOf(String wanted) {
        return bare(type).equals(bare(wanted));
    }

    private static String bare(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }
}
