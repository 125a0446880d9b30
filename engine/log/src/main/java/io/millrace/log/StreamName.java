package io.millrace.log;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of streams as names of directories, different ones for names that differ in case only, on every
 * file system.
 *
 * <pre>
 *   orders_eu        orders_eu
 *   Orders.2         %4frders%2e2
 *   long names       the first bytes of the above, a tilde, the start of the name's SHA-256
 * </pre>
 *
 * A directory says what it is the directory of in the file {@link StreamFile}; nobody reads a name back.
 */
final class StreamName {

    private static final int NAME_BYTES_MAX = 1024;
    private static final int DIRECTORY_LENGTH_MAX = 180;
    private static final String KEPT = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final HexFormat HEX = HexFormat.of();

    private StreamName() {}

    static String toDirectory(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == 0 || utf8.length > NAME_BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a stream's name has 1 to " + NAME_BYTES_MAX + " bytes, not " + utf8.length);
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : utf8) {
            if (KEPT.indexOf((char) (b & 0xff)) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.length() <= DIRECTORY_LENGTH_MAX
                ? encoded.toString()
                : encoded.substring(0, DIRECTORY_LENGTH_MAX) + '~' + digest(utf8);
    }

    private static String digest(byte[] utf8) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(utf8), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
