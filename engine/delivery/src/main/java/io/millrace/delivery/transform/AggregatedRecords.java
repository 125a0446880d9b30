package io.millrace.delivery.transform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what the Kinesis Producer Library puts together. Any other record goes on as it is.
 *
 * <pre>
 *   │ F3 89 9A C2 │ protobuf: field 3 = a record, whose field 3 = its data; … │ MD5 of the protobuf (16) │
 * </pre>
 */
final class AggregatedRecords implements RecordProcessor {

    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
    private static final int DIGEST_LENGTH = 16;
    private static final int RECORD = 3;
    private static final int DATA = 3;

    private final MessageDigest md5 = md5();

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        List<byte[]> parts = isAggregate(record.data()) ? parts(record.data()) : null;
        if (parts == null) {
            out.add(record);
        } else {
            parts.forEach(part -> out.add(record.withData(part)));
        }
    }

    private boolean isAggregate(byte[] data) {
        int end = data.length - DIGEST_LENGTH;
        if (end < MAGIC.length || !Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return false;
        }
        md5.update(data, MAGIC.length, end - MAGIC.length);
        return Arrays.equals(md5.digest(), Arrays.copyOfRange(data, end, data.length));
    }

    /** Returns the data of all records, or null where this is no such message after all. */
    private static @Nullable List<byte[]> parts(byte[] data) {
        List<byte[]> parts = new ArrayList<>();
        Message message = new Message(data, MAGIC.length, data.length - DIGEST_LENGTH);
        while (message.next()) {
            if (message.field == RECORD && message.isBytes) {
                Message record = new Message(data, message.from, message.to);
                while (record.next()) {
                    if (record.field == DATA && record.isBytes) {
                        parts.add(Arrays.copyOfRange(data, record.from, record.to));
                    }
                }
                if (record.broken) {
                    return null;
                }
            }
        }
        return message.broken ? null : parts;
    }

    /** The fields of a protobuf message, one after the other. */
    private static final class Message {

        private final byte[] data;
        private final int end;
        private int at;
        private boolean broken;
        /** The field's number, whether it is bytes, and from where to where those are. */
        private int field;

        private boolean isBytes;
        private int from;
        private int to;

        Message(byte[] data, int from, int end) {
            this.data = data;
            this.at = from;
            this.end = end;
        }

        boolean next() {
            if (at >= end || broken) {
                return false;
            }
            long tag = number();
            field = (int) (tag >>> 3);
            int kind = (int) tag & 7;
            isBytes = kind == 2;
            long length = switch (kind) {
                case 0 -> {
                    number();
                    yield 0;
                }
                case 1 -> 8;
                case 2 -> number();
                case 5 -> 4;
                default -> -1;
            };
            from = at;
            if (broken || length < 0 || length > end - at) {
                broken = true;
                return false;
            }
            at += (int) length;
            to = at;
            return true;
        }

        private long number() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at >= end) {
                    break;
                }
                byte b = data[at++];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            broken = true;
            return -1;
        }
    }
}
