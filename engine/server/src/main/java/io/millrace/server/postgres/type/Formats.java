package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;

/** Which of several values are binary: none given means that all are text, one given stands for all. */
public final class Formats {

    public static final Formats TEXT = new Formats(new boolean[0]);

    private final boolean[] binary;

    private Formats(boolean[] binary) {
        this.binary = binary;
    }

    /** Reads a count of format codes and the codes. */
    public static Formats read(Payload payload) {
        boolean[] binary = new boolean[payload.count(2)];
        for (int i = 0; i < binary.length; i++) {
            int code = payload.int16();
            if (code != 0 && code != 1) {
                throw new ProtocolException("unsupported format code: " + code);
            }
            binary[i] = code == 1;
        }
        return binary.length == 0 ? TEXT : new Formats(binary);
    }

    public boolean binary(int index) {
        return switch (binary.length) {
            case 0 -> false;
            case 1 -> binary[0];
            default -> binary[index];
        };
    }

    /** Checks that there are codes for so many values. */
    public void check(int count) {
        if (binary.length > 1 && binary.length != count) {
            throw new ProtocolException("message has " + binary.length + " formats but " + count + " values");
        }
    }
}
