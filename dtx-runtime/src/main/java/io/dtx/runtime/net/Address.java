package io.dtx.runtime.net;

/**
 * Where a member listens. Names are looked up anew for every connection.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535; 0 to listen on any free port
 */
public record Address(String host, int port) {

    /** Checks what can be checked without a look-up. */
    public Address {
        if (host.isEmpty() || host.length() > 255 || !host.matches("[A-Za-z0-9._:%-]+") || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("DTX-5301 not an address: host \"" + Text.visible(host) + "\", port "
                    + port + "; write host:port, [::1]:port for IPv6");
        }
    }

    /**
     * Reads {@code host:port}, or {@code [2001:db8::1]:port}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String digits = text.substring(colon + 1);
        if (host.isEmpty() || (host.contains(":") && !bracketed) || !digits.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "DTX-5301 not an address: \"" + Text.visible(text) + "\"; write host:port, [::1]:port for IPv6");
        }
        return new Address(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(digits));
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
