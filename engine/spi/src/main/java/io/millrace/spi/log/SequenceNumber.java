package io.millrace.spi.log;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.math.BigInteger;
import java.util.Locale;

/**
 * The name of an entry of a shard, as the Kinesis API gives it: a decimal number of 56 digits that grows
 * from entry to entry. Its 47 hexadecimal digits are
 *
 * <pre>
 *   2 │ ccccccccc │ s │ iiiiiiiiiiiiiiii │ 00 │ ttttttttt │ ssssssss │ 2
 *   version 2     │   │ index, 64 bits         │           │ shard number
 *     shard's creation, seconds                  entry's arrival, seconds
 *                   low four bits of the shard number
 * </pre>
 *
 * @param createdSeconds when the shard was created, seconds since 1970
 * @param shardNumber the number in the shard's id
 * @param index place of the entry in its shard, from 0
 * @param arrivalSeconds when the entry arrived, seconds since 1970
 */
public record SequenceNumber(long createdSeconds, int shardNumber, long index, long arrivalSeconds)
        implements Comparable<SequenceNumber> {

    private static final int HEX_DIGITS = 47;

    /** Reads the decimal form. */
    public static SequenceNumber parse(String decimal) {
        String hex;
        try {
            hex = new BigInteger(decimal).toString(16);
        } catch (NumberFormatException e) {
            throw invalid(decimal, e);
        }
        if (hex.length() != HEX_DIGITS || hex.charAt(0) != '2') {
            throw invalid(decimal, null);
        }
        return new SequenceNumber(
                Long.parseLong(hex, 1, 10, 16),
                Integer.parseUnsignedInt(hex, 38, 46, 16),
                Long.parseUnsignedLong(hex, 11, 27, 16),
                Long.parseLong(hex, 29, 38, 16));
    }

    @Override
    public int compareTo(SequenceNumber other) {
        return toBigInteger().compareTo(other.toBigInteger());
    }

    public BigInteger toBigInteger() {
        String hex = String.format(
                Locale.ROOT,
                "2%09x%01x%016x00%09x%08x2",
                createdSeconds,
                shardNumber & 0xf,
                index,
                arrivalSeconds,
                shardNumber);
        return new BigInteger(hex, 16);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }

    private static MillraceException invalid(String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "sequence number " + text + " is not one of a shard", null, cause);
    }
}
