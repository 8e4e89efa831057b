package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The file of a snapshot, to be read from any place. It can be read until it is closed, also when a newer one has replaced it. */
public final class SnapshotBytes implements Closeable {

    private final RecordStore.SnapshotHeader header;
    private final LogFile file;

    SnapshotBytes(RecordStore.SnapshotHeader header, LogFile file) {
        this.header = header;
        this.file = file;
    }

    /** Returns what the snapshot says of itself. */
    public RecordStore.SnapshotHeader header() {
        return header;
    }

    /** Returns the length. */
    public long length() throws IOException {
        return file.size();
    }

    /** Reads until the buffer is full or the file ends. */
    public void read(ByteBuffer into, long position) throws IOException {
        file.read(into, position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
