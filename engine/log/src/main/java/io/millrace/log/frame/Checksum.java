package io.millrace.log.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), which processors compute at memory speed. */
public final class Checksum {

    private Checksum() {}

    public static int of(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    public static int of(ByteBuffer bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(start, length));
        return (int) crc.getValue();
    }
}
