package io.dtx.examples.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of which a killed process has left its last record written, and not forced; the power is cut later. */
final class InheritedFile extends LedgerFile {

    private final Path path;
    private final boolean forcesWhatItFinds;
    private long forced;
    private boolean written;

    InheritedFile(Path path, boolean forcesWhatItFinds) throws IOException {
        super(path);
        this.path = path;
        this.forcesWhatItFinds = forcesWhatItFinds;
        ByteBuffer bytes = read();
        for (int at = 0; LedgerRecord.read(bytes) != null; at = bytes.position()) {
            forced = at;
        }
    }

    @Override
    void append(ByteBuffer bytes) throws IOException {
        written = true;
        super.append(bytes);
    }

    @Override
    void force() throws IOException {
        if (written || forcesWhatItFinds) {
            super.force();
            forced = Files.size(path);
        }
    }

    /** Takes away what was not forced; the file is closed. */
    void cutPower() throws IOException {
        try (FileChannel disk = FileChannel.open(path, StandardOpenOption.WRITE)) {
            disk.truncate(forced);
        }
    }
}
