package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The first bytes in each direction, the caller's first: who speaks, and which protocol. Its layout never changes; a later
 * version appends fields, which this one skips.
 *
 * <pre>
 *   4  magic, "DTXN"
 *   1  n, the number of bytes that follow, at least 16
 *   1  lowest version of the protocol that the sender speaks
 *   1  highest version; the connection speaks the highest that both do
 *   1  role: 1 member, 2 application, 3 operator
 *   1  verdict of the called one: 0 welcome, 1 refused, a GOODBYE frame follows; of the caller: 0
 *   8  cluster, 0 if the sender does not know it yet
 *   4  services, a bit for each tag: that the sender serves
 *   8  the sender's wall clock, in milliseconds; may be missing
 *   n - 24 unknown
 * </pre>
 */
record Hello(
        int versionMin, int versionMax, Role role, boolean refused, long cluster, Set<Service> services, long clock) {

    static final int MAGIC = 0x4454584E;
    static final int VERSION = 1;

    private static final int LENGTH_AT = Integer.BYTES;
    private static final int BODY_BYTES_MIN = 16;
    private static final int BODY_BYTES = BODY_BYTES_MIN + Long.BYTES;

    static Hello of(Role role, boolean refused, long cluster, Set<Service> services) {
        return of(role, refused, cluster, services, System.currentTimeMillis());
    }

    static Hello of(Role role, boolean refused, long cluster, Set<Service> services, long clock) {
        return new Hello(VERSION, VERSION, role, refused, cluster, services, clock);
    }

    ByteBuf encode(ByteBufAllocator allocator) {
        int bits = 0;
        for (Service each : services) {
            bits |= 1 << each.tag();
        }
        return allocator
                .ioBuffer(LENGTH_AT + 1 + BODY_BYTES)
                .writeInt(MAGIC)
                .writeByte(BODY_BYTES)
                .writeByte(versionMin)
                .writeByte(versionMax)
                .writeByte(role.tag())
                .writeByte(refused ? 1 : 0)
                .writeLong(cluster)
                .writeInt(bits)
                .writeLong(clock);
    }

    /** Returns whether all of a hello is there; the first byte that belongs to none is a {@link Violation}. */
    static boolean isComplete(ByteBuf in) {
        int start = in.readerIndex();
        for (int i = 0; i < Integer.BYTES && i < in.readableBytes(); i++) {
            if (in.getUnsignedByte(start + i) != (MAGIC >>> (24 - 8 * i) & 0xFF)) {
                throw new Violation(5310, stranger(in));
            }
        }
        if (in.readableBytes() <= LENGTH_AT) {
            return false;
        }
        int length = in.getUnsignedByte(start + LENGTH_AT);
        if (length < BODY_BYTES_MIN) {
            throw new Violation(5321, "a hello of " + length + " bytes");
        }
        return in.readableBytes() > LENGTH_AT + length;
    }

    private static String stranger(ByteBuf in) {
        boolean tls = in.getUnsignedByte(in.readerIndex()) == 0x16;
        return tls
                ? "it speaks TLS, and this process speaks plain text; give both sides certificates, or neither"
                : "it does not speak the protocol of dtx";
    }

    /** Reads a complete one. */
    static Hello decode(ByteBuf in) {
        ByteBuf body = in.skipBytes(LENGTH_AT).readSlice(in.readUnsignedByte());
        int versionMin = body.readUnsignedByte();
        int versionMax = body.readUnsignedByte();
        int roleTag = body.readByte();
        Role role = Role.ofTag(roleTag);
        if (role == null) {
            throw new Violation(5321, "a hello with role " + roleTag);
        }
        boolean refused = body.readByte() != 0;
        long cluster = body.readLong();
        int bits = body.readInt();
        Set<Service> services = EnumSet.noneOf(Service.class);
        for (Service each : Service.values()) {
            if ((bits & 1 << each.tag()) != 0) {
                services.add(each);
            }
        }
        long clock = body.readableBytes() < Long.BYTES ? 0 : body.readLong();
        return new Hello(versionMin, versionMax, role, refused, cluster, services, clock);
    }

    /**
     * Returns by how much the sender's wall clock is ahead of ours, less the time that this was on its way; empty if it did not
     * say. For people: nothing is decided by wall clocks.
     */
    OptionalLong clockAheadMillis() {
        return clock == 0 ? OptionalLong.empty() : OptionalLong.of(clock - System.currentTimeMillis());
    }

    /** Says what a connection between us and the peer cannot bear: no common version, or different clusters. */
    void requireFits(long ownCluster) {
        if (versionMin > VERSION || versionMax < VERSION) {
            throw new Violation(
                    5315,
                    "no common version of the protocol: here " + VERSION + ", there " + versionMin + " to " + versionMax
                            + "; upgrade one version at a time");
        }
        if (cluster != 0 && ownCluster != 0 && cluster != ownCluster) {
            throw differentClusters(ownCluster, cluster);
        }
    }

    static Violation differentClusters(long here, long there) {
        return new Violation(
                5314,
                "different clusters: here " + Text.cluster(here) + ", there " + Text.cluster(there)
                        + "; one of them has the wrong address, or a log directory of another cluster");
    }
}
