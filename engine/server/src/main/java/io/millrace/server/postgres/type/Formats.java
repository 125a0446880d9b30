package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;

/**
 * Which of several values are binary: none given means that all are text, one given stands for all.
 *
 * <p>Beside PostgreSQL's 0, text, and 1, binary, results can be had in format {@value #FIXED_WIDTH_CODE}: binary where
 * the type is a truth value, a number in hardware's form, or a date or time without a zone, and text otherwise. So a
 * client that cannot know the types before it asks gets what it reads fastest, in one round trip; the description of
 * the rows says which columns are binary.
 */
public final class Formats {

    public static final Formats TEXT = new Formats(new byte[0]);

    private static final int TEXT_CODE = 0;
    private static final int BINARY_CODE = 1;
    private static final int FIXED_WIDTH_CODE = 2;

    private final byte[] codes;

    private Formats(byte[] codes) {
        this.codes = codes;
    }

    /** Reads a count of format codes of parameters and the codes. */
    public static Formats readParameters(Payload payload) {
        return read(payload, BINARY_CODE);
    }

    /** Reads a count of format codes of results and the codes. */
    public static Formats readResults(Payload payload) {
        return read(payload, FIXED_WIDTH_CODE);
    }

    private static Formats read(Payload payload, int codeMax) {
        byte[] codes = new byte[payload.count(2)];
        for (int i = 0; i < codes.length; i++) {
            int code = payload.int16();
            if (code < TEXT_CODE || code > codeMax) {
                throw new ProtocolException("unsupported format code: " + code);
            }
            codes[i] = (byte) code;
        }
        return codes.length == 0 ? TEXT : new Formats(codes);
    }

    /** Returns whether a value of the type is binary. */
    public boolean binary(int index, DataType type) {
        int code = codes.length == 0 ? TEXT_CODE : codes[codes.length == 1 ? 0 : index];
        return code == BINARY_CODE || (code == FIXED_WIDTH_CODE && fixedWidth(type));
    }

    private static boolean fixedWidth(DataType type) {
        return switch (type) {
            case BooleanType t -> true;
            case IntegerType t -> true;
            case FloatingType t -> true;
            case DateType t -> true;
            case TimeType t -> true;
            case TimestampType t -> !t.zoned();
            default -> false;
        };
    }

    /** Checks that there are codes for so many values. */
    public void check(int count) {
        if (codes.length > 1 && codes.length != count) {
            throw new ProtocolException("message has " + codes.length + " formats but " + count + " values");
        }
    }
}
