package io.millrace.delivery;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How files that are compressed as a whole are read. */
public final class Decompression {

    private Decompression() {}

    /** Returns the plain bytes of a file, whose name says how it is compressed: {@code .gz}, {@code .zst}, or not. */
    public static InputStream of(String name, InputStream in) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz")) {
            return new GZIPInputStream(new Packed(in), 1 << 16);
        }
        return lower.endsWith(".zst") ? new ZstdInputStream(in) : in;
    }

    /** Says truly whether more is there, by which Java before 25 knows whether another packed part follows. */
    private static final class Packed extends BufferedInputStream {

        Packed(InputStream in) {
            super(in, 1 << 16);
        }

        @Override
        public synchronized int available() throws IOException {
            int known = super.available();
            if (known > 0) {
                return known;
            }
            mark(1);
            boolean more = read() >= 0;
            reset();
            return more ? 1 : 0;
        }
    }
}
