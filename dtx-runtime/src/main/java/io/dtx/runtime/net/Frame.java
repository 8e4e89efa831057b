package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What follows the hellos, in both directions.
 *
 * <pre>
 *   4  n, the number of bytes that follow, 10 to 1 MiB
 *   1  kind
 *   1  service, 0 where the kind has none
 *   8  id: the request's, chosen by the caller; else 0, or for PING whatever its PONG repeats
 *   n - 10  payload
 * </pre>
 *
 * @param service null where the kind has none
 */
record Frame(Kind kind, @Nullable Service service, long id, byte[] payload) {

    static final int LENGTH_BYTES = Integer.BYTES;
    static final int HEAD_BYTES = 10;
    static final int BYTES_MAX = 1 << 20;

    private static final byte[] NOTHING = {};

    /** What a frame is for. Tags are never reused. */
    enum Kind {
        /** Caller to called: a request. */
        REQUEST(1, true),
        /** Called to caller: the answer to a request. */
        REPLY(2, false),
        /** Called to caller: the request was refused and had no effect; a {@link Refusal}. */
        REFUSAL(3, false),
        /** Called to caller: the request failed, what it did is unknown; a {@link Refusal}. */
        FAILURE(4, false),
        /** Called to caller: a message that nobody asked for. */
        PUSH(5, true),
        /** Either: are you there? */
        PING(6, false),
        /** Either: yes, with the ping's id. */
        PONG(7, false),
        /** Either: the connection ends; a {@link Refusal}. */
        GOODBYE(8, false);

        private final byte tag;
        private final boolean ofService;

        Kind(int tag, boolean ofService) {
            this.tag = (byte) tag;
            this.ofService = ofService;
        }

        byte tag() {
            return tag;
        }

        private static Kind ofTag(int tag) {
            for (Kind each : values()) {
                if (each.tag == tag) {
                    return each;
                }
            }
            throw new Violation(5321, "a frame of kind " + tag);
        }
    }

    static Frame request(Service service, long id, byte[] payload) {
        return new Frame(Kind.REQUEST, service, id, payload);
    }

    static Frame push(Service service, byte[] payload) {
        return new Frame(Kind.PUSH, service, 0, payload);
    }

    static Frame ping(long id) {
        return new Frame(Kind.PING, null, id, NOTHING);
    }

    static Frame pong(long id) {
        return new Frame(Kind.PONG, null, id, NOTHING);
    }

    static Frame goodbye(Refusal reason) {
        return new Frame(Kind.GOODBYE, null, 0, reason.encode());
    }

    /** Returns how many bytes it takes. */
    int bytes() {
        return LENGTH_BYTES + HEAD_BYTES + payload.length;
    }

    void encode(ByteBuf out) {
        out.writeInt(HEAD_BYTES + payload.length)
                .writeByte(kind.tag)
                .writeByte(service == null ? 0 : service.tag())
                .writeLong(id)
                .writeBytes(payload);
    }

    /** Returns whether all of a frame is there; a length that no frame has is a {@link Violation}. */
    static boolean isComplete(ByteBuf in) {
        if (in.readableBytes() < LENGTH_BYTES) {
            return false;
        }
        int length = in.getInt(in.readerIndex());
        if (length < HEAD_BYTES || length > BYTES_MAX) {
            throw new Violation(
                    5320,
                    "a frame of " + (length & 0xFFFF_FFFFL) + " bytes; " + HEAD_BYTES + " to " + BYTES_MAX
                            + " are allowed");
        }
        return in.readableBytes() - LENGTH_BYTES >= length;
    }

    /** Reads a complete one. */
    static Frame decode(ByteBuf in) {
        int length = in.readInt();
        Kind kind = Kind.ofTag(in.readByte());
        int serviceTag = in.readByte();
        Service service = Service.ofTag(serviceTag);
        if (service == null ? kind.ofService || serviceTag != 0 : !kind.ofService) {
            throw new Violation(5321, "a frame of kind " + kind + " for service " + serviceTag);
        }
        long id = in.readLong();
        byte[] payload = new byte[length - HEAD_BYTES];
        in.readBytes(payload);
        return new Frame(kind, service, id, payload);
    }
}
