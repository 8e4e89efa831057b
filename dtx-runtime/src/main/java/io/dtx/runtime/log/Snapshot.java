package io.dtx.runtime.log;

import io.dtx.runtime.protocol.Payload;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state after an entry, as records that say nothing to the log, and the payloads that the state still refers to. The log
 * frames, checksums and stores both; it keeps index, term and time beside them.
 */
public interface Snapshot {

    /** Returns the records, in the order in which they are to be restored; a stream to be used once. */
    Stream<Item> items();

    /**
     * One record.
     *
     * @param bytes the record, at most 16 MiB
     * @param payloads what it refers to in the log; the log copies their bytes into the snapshot
     */
    record Item(byte[] bytes, List<Payload> payloads) {}
}
