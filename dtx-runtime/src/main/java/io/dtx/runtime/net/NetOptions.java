package io.dtx.runtime.net;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Network} behaves. Immutable.
 *
 * @param tls the files of mutual TLS; null: plain text
 * @param plainRole the role of this process where there is no certificate to say it; null under TLS
 * @param plaintextAnywhere whether plain text may leave the loopback interface: anybody on the way reads and changes what is
 *     committed. Said at every start.
 * @param checkHostNames whether a member's certificate must carry the name or address under which it was called
 * @param limits bounds that differ from their standard
 */
public record NetOptions(
        @Nullable TlsFiles tls,
        @Nullable Role plainRole,
        boolean plaintextAnywhere,
        boolean checkHostNames,
        Map<NetLimit, Integer> limits) {

    /** Takes a copy of the bounds. */
    public NetOptions {
        if ((tls == null) == (plainRole == null)) {
            throw new IllegalArgumentException("either TLS files, or a role");
        }
        limits = Map.copyOf(limits);
    }

    /** Returns options for mutual TLS 1.3; the role is the certificate's. */
    public static NetOptions tls(TlsFiles files) {
        return new NetOptions(files, null, false, true, Map.of());
    }

    /** Returns options for plain text, on the loopback interface only. */
    public static NetOptions plaintext(Role role) {
        return new NetOptions(null, role, false, true, Map.of());
    }

    /** Returns the same, with plain text anywhere, or not. */
    public NetOptions withPlaintextAnywhere(boolean anywhere) {
        return new NetOptions(tls, plainRole, anywhere, checkHostNames, limits);
    }

    /** Returns the same, with a check of members' host names, or without: every member may then pass for any other. */
    public NetOptions withCheckHostNames(boolean check) {
        return new NetOptions(tls, plainRole, plaintextAnywhere, check, limits);
    }

    /** Returns the same with another bound, at least 1. */
    public NetOptions with(NetLimit limit, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(limit + " must be at least 1, not " + value);
        }
        Map<NetLimit, Integer> more = new EnumMap<>(NetLimit.class);
        more.putAll(limits);
        more.put(limit, value);
        return new NetOptions(tls, plainRole, plaintextAnywhere, checkHostNames, more);
    }

    /** Returns a bound. */
    public int limit(NetLimit limit) {
        return limits.getOrDefault(limit, limit.standard());
    }
}
