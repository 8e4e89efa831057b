package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member of a cluster. An id is used once: who lost its directory, or was removed, comes back under another one, for nobody
 * knows any more for whom it has voted.
 *
 * @param id from 1
 * @param host a name or an address, under which the other members reach it; IPv6 in brackets
 * @param port from 1 to 65535
 */
public record Member(int id, String host, int port) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})@(\\[[0-9a-fA-F:.]+\\]|[^:@\\s\\[\\]]+):(\\d{1,5})");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if they are no member
     */
    public Member {
        if (id < 1
                || port < 1
                || port > 65_535
                || !TEXT.matcher(id + "@" + host + ":" + port).matches()) {
            throw malformed(id + "@" + host + ":" + port);
        }
    }

    /**
     * Reads {@code id@host:port}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Member parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw malformed(text);
        }
        return new Member(Integer.parseInt(parts.group(1)), parts.group(2), Integer.parseInt(parts.group(3)));
    }

    /** Returns {@code id@host:port}. */
    @Override
    public String toString() {
        return id + "@" + host + ":" + port;
    }

    /** Returns {@code host:port}. */
    public String address() {
        return host + ":" + port;
    }

    static Member of(PeerId peer) {
        return new Member(peer.getIdx(), peer.getIp(), peer.getPort());
    }

    PeerId peer() {
        return new PeerId(host, port, id);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("DTX-5202 a member is written id@host:port, as 1@db1.example:7420, not '"
                + text.replaceAll("\\p{Cntrl}", "?") + "'");
    }
}
