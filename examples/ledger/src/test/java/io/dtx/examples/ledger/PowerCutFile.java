package io.dtx.examples.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file of which nothing is left but what was forced, when the process halts: as if the power were cut. */
class PowerCutFile extends LedgerFile {

    private final ByteArrayOutputStream unforced = new ByteArrayOutputStream();

    PowerCutFile(Path path) throws IOException {
        super(path);
    }

    @Override
    void append(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        unforced.writeBytes(copy);
    }

    /** Leaves what was not forced to the operating system, as if only the process were killed. */
    void writeUnforced() throws IOException {
        super.append(ByteBuffer.wrap(unforced.toByteArray()));
    }

    @Override
    void force() throws IOException {
        super.append(ByteBuffer.wrap(unforced.toByteArray()));
        super.force();
        unforced.reset();
    }
}
