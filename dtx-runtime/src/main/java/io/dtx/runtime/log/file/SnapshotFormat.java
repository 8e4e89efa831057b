package io.dtx.runtime.log.file;

import io.dtx.runtime.protocol.Payload;

/**
 * A snapshot is a chain of records like a segment, whose "index" counts frames and whose "term" is the frame's kind: one header,
 * items, payloads sorted by their place in the log, a directory of the payload frames, one footer.
 */
final class SnapshotFormat {

    static final long HEADER = 1;
    static final long ITEMS = 2;
    static final long PAYLOADS = 3;
    static final long DIRECTORY = 4;
    static final long FOOTER = 5;

    /** Frames of items and payloads are closed when they reach this size. */
    static final int FRAME_BYTES = 64 << 10;

    static final long MAGIC = 0x4454_5853_4E41_0001L; // DTXSNA and the version
    static final long MAGIC_OF_MEMBER = 0x4454_5853_4E41_0002L; // the header ends with what the member adds

    /** The bytes of a header in an embedded log; that of a member is longer. */
    static final int HEADER_BYTES = 6 * Long.BYTES;

    private static final int ORDINAL_BITS = 16; // EntryCodec.ENTRY_COMMANDS_MAX

    private SnapshotFormat() {}

    static String name(long index) {
        return String.format("snapshot-%020d.snap", index);
    }

    static Mark start(long cluster) {
        return new Mark(0, HEADER, cluster, 0);
    }

    /** Returns a number whose order is the order of payloads. */
    static long key(Payload payload) {
        return (payload.index() << ORDINAL_BITS) | payload.ordinal();
    }

    static Payload payload(long key) {
        return new Payload(key >>> ORDINAL_BITS, (int) (key & ((1 << ORDINAL_BITS) - 1)));
    }
}
