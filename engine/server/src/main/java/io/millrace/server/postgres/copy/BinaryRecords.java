package io.millrace.server.postgres.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * PostgreSQL's binary form.
 *
 * <pre>
 *   header  │ PGCOPY\n\377\r\n\0 │ flags 4 │ length 4 │ extension │
 *   record  │ fields 2 │ length 4, −1 for NULL │ bytes │ …
 *   end     │ −1 2 │
 * </pre>
 */
final class BinaryRecords extends Records {

    static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    static final int FIXED_HEADER_BYTES = SIGNATURE.length + 8;
    static final int END = -1;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int CRITICAL_FLAGS = 0xFFFF_0000;

    private final int fields;
    private boolean headerSeen;

    BinaryRecords(int fields) {
        super(fields);
        this.fields = fields;
    }

    @Override
    int find(byte[] data, int from, int to, boolean last) {
        begin();
        int at = headerSeen ? from : header(data, from, to);
        int next = at < 0 ? INCOMPLETE : tuple(data, at, to);
        if (next == INCOMPLETE && last && (to > from || !headerSeen)) {
            line++;
            throw new CopyException(
                    BAD_FORMAT, headerSeen ? "unexpected EOF in COPY data" : "invalid COPY file header", null);
        }
        return next;
    }

    private int header(byte[] data, int from, int to) {
        int known = Math.min(SIGNATURE.length, to - from);
        if (!Arrays.equals(data, from, from + known, SIGNATURE, 0, known)) {
            throw new CopyException(BAD_FORMAT, "COPY file signature not recognized", null);
        }
        if (to - from < FIXED_HEADER_BYTES) {
            return INCOMPLETE;
        }
        int flags = (int) INT.get(data, from + SIGNATURE.length);
        int extension = (int) INT.get(data, from + SIGNATURE.length + 4);
        if ((flags & CRITICAL_FLAGS) != 0 || extension < 0) {
            throw new CopyException(BAD_FORMAT, "invalid COPY file header", null);
        }
        return extension > to - from - FIXED_HEADER_BYTES ? INCOMPLETE : from + FIXED_HEADER_BYTES + extension;
    }

    private int tuple(byte[] data, int from, int to) {
        if (to - from < 2) {
            return INCOMPLETE;
        }
        int count = (short) SHORT.get(data, from);
        if (count == END) {
            headerSeen = true;
            finish();
            return from + 2;
        }
        if (count != fields) {
            line++;
            throw new CopyException(BAD_FORMAT, "row field count is " + count + ", expected " + fields, null);
        }
        int at = from + 2;
        for (int field = 0; field < count; field++) {
            if (to - at < 4) {
                return INCOMPLETE;
            }
            int length = (int) INT.get(data, at);
            at += 4;
            if (length < -1) {
                line++;
                throw new CopyException(BAD_FORMAT, "invalid field size", null);
            }
            if (length > to - at) {
                return INCOMPLETE;
            }
            add(at, at + length);
            at += Math.max(0, length);
        }
        headerSeen = true;
        line++;
        return at;
    }

    @Override
    boolean isNull(byte[] data, int field) {
        return end(field) < start(field);
    }

    @Override
    void value(byte[] data, int field) {
        // It lies there as it is.
    }
}
