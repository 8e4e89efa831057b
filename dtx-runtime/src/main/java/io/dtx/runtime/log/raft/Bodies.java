package io.dtx.runtime.log.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What committed entries hold: on this member's disk, or only in memory as long as the others were faster with theirs. Thread-safe.
 *
 * @param lastOnDisk the index of the last record on the disk
 * @param disk reads one there
 * @param memory those that are applied
 */
record Bodies(LongSupplier lastOnDisk, Disk disk, LongFunction<@Nullable ByteBuffer> memory) {

    /** Reads a record. */
    interface Disk {
        /** Returns null if it is not there. */
        @Nullable
        ByteBuffer read(long index) throws IOException;
    }

    /** Returns what an entry holds; null if it is not there any more. */
    @Nullable
    ByteBuffer of(long index) throws IOException {
        // First the memory: what is not there any more when it is asked is on the disk.
        ByteBuffer body = index > lastOnDisk.getAsLong() ? memory.apply(index) : null;
        return body == null ? disk.read(index) : body;
    }
}
