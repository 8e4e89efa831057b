package io.dtx.runtime.participant.xa;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the log keeps of a decision: where branches may be in doubt, and Narayana's own record.
 *
 * @param stores the ids of the stores that take part, as its maker saw them, by the names of the resources
 * @param type what Narayana calls this kind of record
 * @param bytes its record; empty for a transaction of one branch
 */
record DecisionRecord(Map<String, String> stores, String type, byte[] bytes) {

    private static final int NAMES_ONLY = 1; // before stores had ids
    private static final int VERSION = 2;
    private static final String ALONE = "/dtx/Alone";

    /** Returns the decision of a transaction of one branch, of which Narayana writes no record. */
    static DecisionRecord alone(String resource, String store) {
        return new DecisionRecord(Map.of(resource, store), ALONE, new byte[0]);
    }

    byte[] encode() {
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream(bytes.length + 128);
        try (DataOutputStream out = new DataOutputStream(bytesOut)) {
            out.writeByte(VERSION);
            out.writeUTF(type);
            out.writeShort(stores.size());
            for (Map.Entry<String, String> each : stores.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeUTF(each.getValue());
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
            if (version != VERSION && version != NAMES_ONLY) {
                throw new IllegalStateException("DTX-3531 a decision in the log has format " + version
                        + ", and this version of dtx reads up to " + VERSION + ": start the newer one.");
            }
            String type = in.readUTF();
            Map<String, String> stores = new TreeMap<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                stores.put(in.readUTF(), version == NAMES_ONLY ? Stores.UNKNOWN : in.readUTF());
            }
            return new DecisionRecord(stores, type, in.readAllBytes());
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
