package io.dtx.runtime.participant.xa;

import io.dtx.runtime.simulation.kernel.Kernel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What Narayana's {@link com.arjuna.ats.arjuna.common.Uid} becomes under simulation: nothing of the machine is in it. */
final class SimulatedUid {

    private static final int BYTES = 28;

    private final byte[] bytes;

    SimulatedUid() {
        ByteBuffer made = ByteBuffer.allocate(BYTES);
        while (made.remaining() >= Long.BYTES) {
            made.putLong(Kernel.current().chance().next());
        }
        bytes = made.array();
    }

    SimulatedUid(byte[] name) {
        bytes = Arrays.copyOf(name, BYTES);
    }

    byte[] getBytes() {
        return bytes.clone();
    }

    String stringForm() {
        return HexFormat.of().formatHex(bytes);
    }
}
