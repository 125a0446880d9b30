package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go, and how.
 *
 * @param database where the table is
 * @param table {@code table}: as SQL writes it, with its schema and quotes where it needs them
 * @param upsert {@code mode = 'upsert'}: whether a row takes the place of one with the same key
 * @param key {@code key}: the columns that tell rows apart, comma-separated; needed for upsert
 * @param changes {@code op}: the column that says whether a row came or went; null where all came
 * @param offsetsTable {@code offsets_table}: where names of batches are noted
 * @param load how rows are loaded from files; null where they go over the connection
 */
record TableSettings(
        Database database,
        String table,
        boolean upsert,
        List<String> key,
        @Nullable RowChanges changes,
        String offsetsTable,
        @Nullable LoadSettings load) {

    static final List<String> NAMES =
            List.of("table", "mode", "key", "op", "user", "password", "offsets_table", "timeout");

    private static final String OFFSETS_TABLE = "millrace_offsets";

    static TableSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        Database database = Database.of(
                "delivery '" + setup.delivery() + "'", setup.location().toString(), options);
        if (database.dialect() == Dialect.REDSHIFT) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Redshift takes rows from files and not over its connection",
                    "write TO 'redshift://host:5439/database' with \"staging\" = 's3://bucket/folder'");
        }
        boolean upsert = isUpsert(options.get("mode", "insert"));
        List<String> key = key(options.get("key", ""), setup.type());
        if (upsert && !database.dialect().upserts()) {
            throw Options.invalid("mode", "upsert", "insert: how this database upserts is not known here");
        }
        if (upsert && key.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "mode 'upsert' does not know which rows are the same",
                    "name the key's columns: key = 'id', for which the table has a primary key or unique index");
        }
        if (!upsert && options.has("op")) {
            throw Options.invalid("op", options.get("op", ""), "mode = 'upsert' as well, or leave it out");
        }
        return new TableSettings(
                database,
                TableName.of(options, "table", ""),
                upsert,
                key,
                upsert ? RowChanges.from(options, setup.type(), key) : null,
                TableName.of(options, "offsets_table", OFFSETS_TABLE),
                null);
    }

    /** Returns the settings of a table of Redshift, of a URL such as {@code redshift://host:5439/database}. */
    static TableSettings ofRedshift(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(LoadSettings.NAMES.toArray(String[]::new));
        return new TableSettings(
                Database.of("delivery '" + setup.delivery() + "'", "jdbc:" + setup.location(), options),
                TableName.of(options, "table", ""),
                false,
                List.of(),
                null,
                TableName.of(options, "offsets_table", OFFSETS_TABLE),
                LoadSettings.of(setup));
    }

    /** Returns the columns that the table has of those that are delivered. */
    RowType columns(RowType delivered) {
        return changes == null ? delivered : changes.columns();
    }

    Dialect dialect() {
        return database.dialect();
    }

    private static boolean isUpsert(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "insert" -> false;
            case "upsert" -> true;
            default -> throw Options.invalid("mode", mode, "insert or upsert");
        };
    }

    private static List<String> key(String text, RowType type) {
        List<String> key = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String column = part.strip();
            if (type.indexOf(column) < 0) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "the key's column '" + column + "' is not among those that are delivered",
                        "there are: "
                                + String.join(
                                        ", ",
                                        type.fields().stream()
                                                .map(field -> field.name())
                                                .toList()));
            }
            key.add(column);
        }
        return key;
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return database + " " + table;
    }
}
