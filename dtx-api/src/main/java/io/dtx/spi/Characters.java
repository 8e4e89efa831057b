package io.dtx.spi;

/**
 * Texts as bytes: each {@code char} by itself, in one to three bytes as UTF-8 has them, so that every {@link String} comes
 * back as it was, also one with half of a surrogate pair.
 */
final class Characters {

    private Characters() {}

    static int encodedLength(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return (int) Math.min(length, Integer.MAX_VALUE); // far beyond what a writer takes
    }

    static void encode(String text, byte[] to, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | (c >> 6));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                to[at++] = (byte) (0xE0 | (c >> 12));
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
    }

    /**
     * Reads a text.
     *
     * @throws MalformedRecordException if the bytes are not what {@link #encode} writes
     */
    static String decode(byte[] from, int offset, int length) {
        char[] text = new char[length];
        int chars = 0;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int first = from[at++];
            if (first >= 0) {
                text[chars++] = (char) first;
            } else if ((first & 0xE0) == 0xC0 && at < end) {
                text[chars++] = (char) (((first & 0x1F) << 6) | next(from, at++));
            } else if ((first & 0xF0) == 0xE0 && at + 1 < end) {
                text[chars++] = (char) (((first & 0x0F) << 12) | (next(from, at++) << 6) | next(from, at++));
            } else {
                throw new MalformedRecordException("no text at byte " + (at - 1));
            }
        }
        return new String(text, 0, chars);
    }

    private static int next(byte[] from, int at) {
        if ((from[at] & 0xC0) != 0x80) {
            throw new MalformedRecordException("no text at byte " + at);
        }
        return from[at] & 0x3F;
    }
}
