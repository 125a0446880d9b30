package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads a bound parameter into the form of {@link io.millrace.spi.row.JavaValues}. */
public final class ParameterDecoder {

    private ParameterDecoder() {}

    /**
     * Reads a value that is not NULL.
     *
     * @param target the type that the statement wants
     * @param oid the type that the client declared, or 0 where it left that to us
     * @param zone the zone of instants that are written without one
     */
    public static Object decode(DataType target, int oid, boolean binary, byte[] value, ZoneId zone) {
        if (!binary) {
            return ValueParser.parse(target, text(value), zone);
        }
        DataType sent = sent(target, oid);
        if (sent == null) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "no binary parameters of type with object id " + oid,
                    "bind the parameter as text");
        }
        Payload in = new Payload(value);
        if (oid == Oid.NUMERIC) {
            return ValueParser.parse(target, NumericBinary.read(in).toString(), zone);
        }
        Object decoded = BinaryValues.read(sent, in);
        in.end();
        return sameForm(sent, target) ? decoded : ValueParser.parse(target, text(decoded), zone);
    }

    private static @Nullable DataType sent(DataType target, int oid) {
        return oid == 0 || oid == PostgresType.of(target).oid() ? target : PostgresType.hint(oid);
    }

    private static boolean sameForm(DataType sent, DataType target) {
        return sent.equals(target)
                || (sent instanceof DataType.CharacterType && target instanceof DataType.CharacterType)
                || (sent instanceof DataType.BinaryType && target instanceof DataType.BinaryType);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? text(bytes) : String.valueOf(value);
    }
}
