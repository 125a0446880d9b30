package io.millrace.format.avro;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.DecimalType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** A decimal: its unscaled value in two's complement, in bytes of their own length or of a fixed one. */
final class DecimalNode extends Node {

    /** Length of what does not fit a long. */
    static final int WIDE_BYTES = 16;

    private final DecimalType type;
    private final int fixedBytes;

    /** @param fixedBytes length of all values, or 0 where each has its own */
    DecimalNode(String path, DecimalType type, int fixedBytes) {
        super(path);
        this.type = type;
        this.fixedBytes = fixedBytes;
    }

    @Override
    DecimalType type() {
        return type;
    }

    @Override
    void write(Column column, int row, Encoder out) throws IOException {
        BigInteger unscaled = column instanceof Decimal128Column wide
                ? wide.get(row)
                : BigInteger.valueOf(((LongColumn) column).get(row));
        byte[] bytes = unscaled.toByteArray();
        if (fixedBytes == 0) {
            out.writeBytes(bytes, 0, bytes.length);
            return;
        }
        byte[] padded = new byte[fixedBytes];
        Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, fixedBytes - bytes.length, bytes.length);
        out.writeFixed(padded, 0, fixedBytes);
    }

    @Override
    void read(Decoder in, Column column, int row) throws IOException {
        column.ensureCapacity(row + 1);
        BigInteger unscaled = new BigInteger(bytes(in));
        if (column instanceof Decimal128Column wide) {
            wide.set(row, unscaled);
        } else {
            ((LongColumn) column).set(row, unscaled.longValueExact());
        }
    }

    private byte[] bytes(Decoder in) throws IOException {
        if (fixedBytes > 0) {
            byte[] bytes = new byte[fixedBytes];
            in.readFixed(bytes);
            return bytes;
        }
        ByteBuffer buffer = in.readBytes(null);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes.length == 0 ? new byte[1] : bytes;
    }

    @Override
    void skip(Decoder in) throws IOException {
        if (fixedBytes > 0) {
            in.skipFixed(fixedBytes);
        } else {
            in.skipBytes();
        }
    }
}
