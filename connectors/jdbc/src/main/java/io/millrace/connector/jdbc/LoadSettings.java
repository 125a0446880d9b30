package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * How files are staged in a bucket and loaded from there.
 *
 * @param staging {@code staging}: the folder they are in, without a slash at its end
 * @param store opens that folder
 * @param keepsFiles {@code keep_files}: whether they stay when they are loaded
 * @param gzip {@code compression}: whether they are packed
 * @param format what rows are written as: JSON, or lines, which are records as they came
 * @param formatOptions its own
 * @param columns {@code columns}: the table's columns as {@code COPY} names them; empty for those of the rows, or all
 *     where records go as they came
 * @param copyOptions what {@code COPY} is told of the files
 * @param access what {@code COPY} is told of who may read them; secret
 */
record LoadSettings(
        String staging,
        Supplier<ObjectStore> store,
        boolean keepsFiles,
        boolean gzip,
        RecordFormat format,
        Options formatOptions,
        String columns,
        CopyOptions copyOptions,
        String access) {

    static final String STAGING = "staging";

    static final List<String> NAMES = List.of(
            "table",
            STAGING,
            "keep_files",
            "compression",
            "columns",
            "copy_options",
            "iam_role",
            "region",
            "access_key_id",
            "secret_access_key",
            "session_token",
            "user",
            "password",
            "offsets_table",
            "timeout");

    /** What goes into URLs, a manifest and a literal as it is, and names the same folder in all. */
    private static final Pattern FOLDER = Pattern.compile("s3://[^\\s%?#\"'\\\\\\p{Cntrl}]+");

    static final String LINES = "lines";

    static LoadSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        String format = setup.format().name();
        boolean lines = format.equals(LINES);
        if (!lines && !format.equals("json")) {
            throw Options.invalid("format", format, "json, or lines for records that COPY reads as they came");
        }
        String staging = options.get(STAGING, "").replaceFirst("/+$", "");
        if (!FOLDER.matcher(staging).matches()) {
            throw Options.invalid(
                    STAGING,
                    staging,
                    "a folder of a bucket that Redshift reads, without blanks, quotes, backslashes, %, ? and #:"
                            + " 's3://bucket/folder'");
        }
        if (!lines) {
            refuseBytes(setup);
        }
        // Refuses options that it does not know.
        setup.format().encoder(setup.type(), setup.formatOptions());
        URI place = URI.create(staging + "/");
        return new LoadSettings(
                staging,
                () -> setup.stores().apply(place),
                options.getBoolean("keep_files", false),
                isGzip(options, lines),
                setup.format(),
                setup.formatOptions(),
                options.get("columns", ""),
                CopyOptions.of(options, !lines),
                LoadAccess.clause(options));
    }

    /** JSON has no form for bytes that Redshift knows. */
    private static void refuseBytes(ReceiverSetup setup) {
        for (Field field : setup.type().fields()) {
            if (hasBytes(field.type())) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + field.name() + "' is " + field.type() + ", which Redshift does not load from JSON",
                        field.type() instanceof BinaryType
                                ? "deliver a query with TO_HEX(" + field.name() + ") or without it"
                                : "deliver a query that has text in place of its bytes, or leaves it out");
            }
        }
    }

    private static boolean hasBytes(DataType type) {
        return switch (type) {
            case BinaryType bytes -> true;
            case ArrayType array -> hasBytes(array.element());
            case MapType map -> hasBytes(map.key()) || hasBytes(map.value());
            case RowType row -> row.fields().stream().anyMatch(field -> hasBytes(field.type()));
            default -> false;
        };
    }

    private static boolean isGzip(Options options, boolean lines) {
        String compression = options.get("compression", lines ? "none" : "gzip");
        return switch (compression) {
            case "gzip" -> true;
            case "none" -> false;
            default -> throw Options.invalid("compression", compression, "gzip or none");
        };
    }

    /**
     * Returns whether records have the columns of rows, each on a line, so that a line that is refused tells which row is;
     * otherwise they are as they came.
     */
    boolean hasColumns() {
        return !format.name().equals(LINES);
    }
}
