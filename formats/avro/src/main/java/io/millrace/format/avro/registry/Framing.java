package io.millrace.format.avro.registry;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What stands before the datum of a record.
 *
 * <pre>
 *   CONFLUENT      │ 0 │ id (4) │ datum …                      big-endian
 *   GLUE           │ 3 │ 0, or 5 for zlib │ UUID (16) │ datum … big-endian
 *   SINGLE_OBJECT  │ C3 01 │ CRC-64-AVRO of the schema (8) │ datum …  little-endian
 *   NONE           │ datum …
 * </pre>
 */
public enum Framing {
    CONFLUENT(5, 0),
    GLUE(18, 3),
    SINGLE_OBJECT(10, 0xC3),
    NONE(0, -1);

    /** Most bytes that a compressed datum may become. */
    private static final int INFLATED_BYTES_MAX = 64 << 20;

    private static final int PLAIN = 0;
    private static final int ZLIB = 5;
    private static final byte SINGLE_OBJECT_VERSION = 1;

    private final int headerBytes;
    private final int magic;

    Framing(int headerBytes, int magic) {
        this.headerBytes = headerBytes;
        this.magic = magic;
    }

    /**
     * A record taken apart.
     *
     * @param bytes where the datum lies, from {@code from} to {@code to}
     */
    public record Frame(SchemaId id, byte[] bytes, int from, int to) {}

    /**
     * Takes a record apart.
     *
     * @throws RowFailure where it does not begin as it should
     */
    public Frame read(byte[] bytes, int from, int to) {
        if (this == NONE) {
            return new Frame(SchemaId.UNSAID, bytes, from, to);
        }
        if (to - from < headerBytes) {
            throw failure("a record of " + (to - from) + " bytes, where the header alone has " + headerBytes);
        }
        if ((bytes[from] & 0xFF) != magic) {
            throw failure("it begins with " + hex(bytes[from]) + ", where a header of " + title() + " begins with "
                    + hex((byte) magic));
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, from + 1, headerBytes - 1);
        int datum = from + headerBytes;
        return switch (this) {
            case CONFLUENT -> new Frame(SchemaId.ofNumber(header.getInt()), bytes, datum, to);
            case GLUE -> glue(header, bytes, datum, to);
            case SINGLE_OBJECT -> singleObject(header, bytes, datum, to);
            case NONE -> throw new IllegalStateException("it has no header");
        };
    }

    private static Frame glue(ByteBuffer header, byte[] bytes, int from, int to) {
        byte compression = header.get();
        SchemaId id = new SchemaId(GLUE, header.getLong(), header.getLong());
        return switch (compression) {
            case PLAIN -> new Frame(id, bytes, from, to);
            case ZLIB -> {
                byte[] inflated = inflated(bytes, from, to);
                yield new Frame(id, inflated, 0, inflated.length);
            }
            default -> throw failure("compression " + compression + ", where 0 and 5 are known");
        };
    }

    private static byte[] inflated(byte[] bytes, int from, int to) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, from, to - from);
            byte[] out = new byte[Math.max(256, 4 * (to - from))];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length >= INFLATED_BYTES_MAX) {
                        throw failure("it is more than " + INFLATED_BYTES_MAX + " bytes when it is unpacked");
                    }
                    out = Arrays.copyOf(out, Math.min(INFLATED_BYTES_MAX, 2 * length));
                }
                int read = inflater.inflate(out, length, out.length - length);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw failure("its zlib data ends too early");
                }
                length += read;
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw failure("it is not zlib: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static Frame singleObject(ByteBuffer header, byte[] bytes, int from, int to) {
        byte version = header.get();
        if (version != SINGLE_OBJECT_VERSION) {
            throw failure("version " + version + " of single-object encoding, where 1 is known");
        }
        long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new Frame(SchemaId.ofFingerprint(fingerprint), bytes, from, to);
    }

    /** Returns what stands before data of a schema. */
    public byte[] header(SchemaId id) {
        ByteBuffer header = ByteBuffer.allocate(headerBytes);
        switch (this) {
            case CONFLUENT -> header.put((byte) magic).putInt((int) id.low());
            case GLUE ->
                header.put((byte) magic).put((byte) PLAIN).putLong(id.high()).putLong(id.low());
            case SINGLE_OBJECT ->
                header.put((byte) magic)
                        .put(SINGLE_OBJECT_VERSION)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(id.low());
            case NONE -> {}
        }
        return header.array();
    }

    private String title() {
        return switch (this) {
            case CONFLUENT -> "Confluent's registry";
            case GLUE -> "Glue's registry";
            case SINGLE_OBJECT -> "single-object encoding";
            case NONE -> "no kind";
        };
    }

    private static String hex(byte value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }

    private static RowFailure failure(String reason) {
        return new RowFailure(ErrorCode.INVALID_VALUE, reason);
    }
}
