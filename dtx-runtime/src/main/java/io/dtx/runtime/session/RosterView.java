package io.dtx.runtime.session;

import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import java.util.List;

/**
 * What one member knows of its cluster, which may be less than its leader knows.
 *
 * @param cluster the name of its log
 * @param instance drawn at the start of its process: no other process has the same
 * @param self {@code id@host:port}; empty for a log that one process keeps alone
 * @param members all of them, as {@code id@host:port}; empty for one that waits to be added, and for one that is alone
 * @param leader the member that leads, as far as it knows; empty if it knows of none
 * @param leads whether that is this one
 * @param entry the index of the last entry that it has applied
 * @param diskFreeBytes how many bytes its log can still have; -1 if that cannot be told
 */
public record RosterView(
        long cluster,
        long instance,
        String self,
        List<String> members,
        String leader,
        boolean leads,
        long entry,
        long diskFreeBytes) {

    /** Takes a copy of the list. */
    public RosterView {
        members = List.copyOf(members);
    }

    void write(WireWriter out) {
        out.writeFixedLong(cluster);
        out.writeFixedLong(instance);
        out.writeString(self);
        Wire.write(members, out, (each, to) -> to.writeString(each));
        out.writeString(leader);
        out.writeByte(leads ? 1 : 0);
        out.writeLong(entry);
        out.writeFixedLong(diskFreeBytes);
    }

    static RosterView read(WireReader in) {
        return new RosterView(
                in.readFixedLong(),
                in.readFixedLong(),
                in.readString(),
                Wire.list(in, WireReader::readString),
                in.readString(),
                in.readByte() == 1,
                in.readLong(),
                in.readFixedLong());
    }
}
