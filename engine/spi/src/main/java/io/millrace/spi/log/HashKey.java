package io.millrace.spi.log;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An unsigned 128-bit number that places a record in a shard: the MD5 of its partition key, or what the
 * producer gave as explicit hash key. Written in decimal, as the Kinesis API does.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record HashKey(long high, long low) implements Comparable<HashKey> {

    public static final HashKey MIN = new HashKey(0, 0);
    public static final HashKey MAX = new HashKey(-1, -1);

    /** Returns the hash key of a partition key: the MD5 of its UTF-8 bytes. */
    public static HashKey ofPartitionKey(String partitionKey) {
        byte[] utf8 = partitionKey.getBytes(StandardCharsets.UTF_8);
        return ofPartitionKey(utf8, 0, utf8.length);
    }

    /** Returns the hash key of a partition key given as a slice of UTF-8 bytes. */
    public static HashKey ofPartitionKey(byte[] utf8, int start, int end) {
        MessageDigest md5 = Md5.OF_THREAD.get();
        md5.update(utf8, start, end - start);
        ByteBuffer digest = ByteBuffer.wrap(md5.digest());
        return new HashKey(digest.getLong(), digest.getLong());
    }

    /** Reads a decimal number from 0 to 2^128 − 1. */
    public static HashKey parse(String decimal) {
        try {
            return of(new BigInteger(decimal));
        } catch (NumberFormatException e) {
            throw invalid(decimal);
        }
    }

    public static HashKey of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw invalid(value.toString());
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    public BigInteger toBigInteger() {
        return new BigInteger(
                1, ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    @Override
    public int compareTo(HashKey other) {
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }

    private static MillraceException invalid(String text) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "hash key " + text + " is not a number from 0 to 340282366920938463463374607431768211455");
    }

    private static final class Md5 {
        static final ThreadLocal<MessageDigest> OF_THREAD = ThreadLocal.withInitial(Md5::create);

        @SuppressWarnings("WeakMessageDigest")
        private static MessageDigest create() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has MD5", e);
            }
        }
    }
}
