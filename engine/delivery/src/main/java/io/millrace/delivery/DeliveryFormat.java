package io.millrace.delivery;

import io.millrace.spi.Options;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the files of a delivery are written. Safe for use by several threads. */
public interface DeliveryFormat {

    /** Returns what file names end with, such as {@code .parquet}. */
    String extension();

    /** Starts a file; see {@link FileFormat#writer}. */
    RowFileWriter writer(RowType type, OutputStream out) throws IOException;

    /** Returns which rows share a file, where that is not for the delivery's options to say; else null. */
    default @Nullable RowParting parting() {
        return null;
    }

    /** Returns what Data Firehose calls rows that could not be made into the format. */
    default String errorType() {
        return "format-conversion-failed";
    }

    /** Writes the files of a table. */
    static DeliveryFormat of(Table table) {
        return new DeliveryFormat() {
            @Override
            public String extension() {
                return table.extension();
            }

            @Override
            public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
                return table.writer(type, out);
            }

            @Override
            public RowParting parting() {
                return table.parting();
            }

            @Override
            public String errorType() {
                return table.errorType();
            }
        };
    }

    /** Writes files of a file format. */
    static DeliveryFormat of(FileFormat format, Options options) {
        return new DeliveryFormat() {
            @Override
            public String extension() {
                return format.extension();
            }

            @Override
            public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
                return format.writer(type, out, options);
            }
        };
    }

    /**
     * Writes files of records, each followed by a newline unless that is left out.
     *
     * @param options the format's own; {@code compression}: none (as a rule), gzip, zip, zstd, snappy or
     *     hadoop_snappy; {@code record_delimiter}: newline (as a rule) or none
     */
    static DeliveryFormat of(RecordFormat format, Options options) {
        return RecordFiles.of(format, options);
    }

    /**
     * Finds a format among those on the class path.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} where there is none of this name
     */
    static DeliveryFormat named(String name, Options options) {
        TreeSet<String> known = new TreeSet<>();
        for (FileFormat format : ServiceLoader.load(FileFormat.class)) {
            if (format.name().equalsIgnoreCase(name)) {
                return of(format, options);
            }
            known.add(format.name());
        }
        for (RecordFormat format : ServiceLoader.load(RecordFormat.class)) {
            if (format.name().equalsIgnoreCase(name)) {
                return of(format, options);
            }
            known.add(format.name());
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "there is no format '" + name + "' for deliveries",
                "formats known here: " + String.join(", ", known));
    }
}
