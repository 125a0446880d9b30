package io.millrace.delivery;

import com.github.luben.zstd.ZstdOutputStream;
import io.millrace.spi.Options;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyHadoopCompatibleOutputStream;

/** How files of records are compressed. */
public enum TextCompression {
    NONE(""),
    GZIP(".gz"),
    ZIP(".zip"),
    ZSTD(".zst"),
    /** Snappy's own framing. */
    SNAPPY(".snappy"),
    /** The framing that Hadoop reads. */
    HADOOP_SNAPPY(".snappy");

    private final String extension;

    TextCompression(String extension) {
        this.extension = extension;
    }

    /**
     * Reads what an option says, which is none where it is not given.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT}
     */
    public static TextCompression from(Options options, String option) {
        String name = options.get(option, "none");
        for (TextCompression compression : values()) {
            if (compression.name().equalsIgnoreCase(name)) {
                return compression;
            }
        }
        throw Options.invalid(option, name, "none, gzip, zip, zstd, snappy or hadoop_snappy");
    }

    /** Returns what names of files end with, with the dot. */
    public String extension() {
        return extension;
    }

    /**
     * Compresses what is written. Closing the stream ends the file and leaves {@code out} open.
     *
     * @param entry what the file in a zip file is called
     */
    public OutputStream onto(OutputStream out, String entry) throws IOException {
        OutputStream open = new LeftOpen(out);
        return switch (this) {
            case NONE -> open;
            case GZIP -> new GZIPOutputStream(open);
            case ZIP -> zip(open, entry);
            case ZSTD -> new ZstdOutputStream(open);
            case SNAPPY -> new SnappyFramedOutputStream(open);
            case HADOOP_SNAPPY -> new SnappyHadoopCompatibleOutputStream(open);
        };
    }

    private static ZipOutputStream zip(OutputStream out, String entry) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipEntry only = new ZipEntry(entry.toLowerCase(Locale.ROOT));
        // Files of the same rows are the same bytes.
        only.setTime(0);
        zip.putNextEntry(only);
        return zip;
    }

    private static final class LeftOpen extends FilterOutputStream {

        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
