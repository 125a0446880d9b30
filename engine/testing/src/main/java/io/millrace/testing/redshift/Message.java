package io.millrace.testing.redshift;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A message of PostgreSQL's protocol.
 *
 * @param type its letter
 * @param body what stands behind the length
 */
record Message(char type, byte[] body) {

    static Message read(DataInputStream in) throws IOException {
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(type, body);
    }

    static Message of(char type, String... texts) {
        StringBuilder body = new StringBuilder();
        for (String text : texts) {
            body.append(text).append('\0');
        }
        return new Message(type, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Message empty(char type) {
        return new Message(type, new byte[0]);
    }

    /** Returns a failure as Redshift tells it. */
    static Message failure(String state, String text) {
        return of('E', "SERROR", "C" + state, "M" + text, "");
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + 4);
        out.write(body);
    }

    /** Returns the texts that a zero ends. */
    String[] texts() {
        return new String(body, StandardCharsets.UTF_8).split("\0", -1);
    }

    /** Returns the field of a failure, or nothing. */
    String field(char name) {
        for (String text : texts()) {
            if (!text.isEmpty() && text.charAt(0) == name) {
                return text.substring(1);
            }
        }
        return "";
    }
}
