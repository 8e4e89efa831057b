package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A snapshot that arrives from another member, part by part. It counts only once it is {@link #finish finished}. */
public final class ReceivedSnapshot implements Closeable {

    private final RecordStore store;
    private final LogFile file;
    private long length;

    ReceivedSnapshot(RecordStore store, LogFile file) {
        this.store = store;
        this.file = file;
    }

    /** Returns how many bytes have been added. */
    public long length() {
        return length;
    }

    /** Adds the next part. */
    public void add(ByteBuffer part) throws IOException {
        int bytes = part.remaining();
        store.change(() -> file.write(part, length));
        length += bytes;
    }

    /**
     * Makes it durable and checks all of it. It is the newest snapshot then, if it is newer than the present one.
     *
     * @throws io.dtx.runtime.log.LogDamagedException if it is not a whole snapshot of this log
     */
    public RecordStore.SnapshotHeader finish() throws IOException {
        return store.received(file);
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
