package io.dtx.runtime.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Why a peer refuses a request, or says goodbye: 4 bytes of code, then a text in UTF-8.
 *
 * @param code the number of a message, without its DTX
 * @param text one line for people
 */
record Refusal(int code, String text) {

    private static final int TEXT_MAX = 500;

    byte[] encode() {
        byte[] letters =
                (text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text).getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer(Integer.BYTES + letters.length);
        out.writeInt(code).writeBytes(letters);
        return out.array();
    }

    static Refusal decode(byte[] payload) {
        if (payload.length < Integer.BYTES) {
            throw new Violation(5321, "a refusal of " + payload.length + " bytes");
        }
        int code = Unpooled.wrappedBuffer(payload).readInt();
        String text = new String(payload, Integer.BYTES, payload.length - Integer.BYTES, StandardCharsets.UTF_8);
        return new Refusal(code, Text.visible(text));
    }

    @Override
    public String toString() {
        return "DTX-" + code + " " + text;
    }
}
