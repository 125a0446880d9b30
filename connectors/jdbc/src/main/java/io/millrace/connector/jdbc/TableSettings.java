package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where rows go, and how.
 *
 * @param url the database, without a password
 * @param dialect what is special about it
 * @param user {@code user}; empty for whom the URL or the system names
 * @param password {@code password}; empty for none
 * @param table {@code table}: as SQL writes it, with its schema and quotes where it needs them
 * @param upsert {@code mode = 'upsert'}: whether a row takes the place of one with the same key
 * @param key {@code key}: the columns that tell rows apart, comma-separated; needed for upsert
 * @param offsetsTable {@code offsets_table}: where names of batches are noted
 * @param timeout {@code timeout}: how long the database may take to answer
 */
record TableSettings(
        String url,
        Dialect dialect,
        String user,
        String password,
        String table,
        boolean upsert,
        List<String> key,
        String offsetsTable,
        Duration timeout) {

    static final List<String> NAMES = List.of("table", "mode", "key", "user", "password", "offsets_table", "timeout");

    /** Identifiers with dots between them; what has other characters is in double quotes or backticks. */
    private static final Pattern TABLE = Pattern.compile(
            "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`)(?:\\.(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`))*");

    private static final Pattern SECRET = Pattern.compile("(?i)[?&;]?password\\s*=");

    static TableSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        String url = setup.location().toString();
        if (SECRET.matcher(url).find()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of delivery '" + setup.delivery() + "' has a password in it",
                    "give it as the option password, which is not shown");
        }
        Dialect dialect = Dialect.of(url);
        boolean upsert = isUpsert(options.get("mode", "insert"));
        List<String> key = key(options.get("key", ""), setup.type());
        if (upsert && !dialect.upserts()) {
            throw Options.invalid("mode", "upsert", "insert: how this database upserts is not known here");
        }
        if (upsert && key.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "mode 'upsert' does not know which rows are the same",
                    "name the key's columns: key = 'id', for which the table has a primary key or unique index");
        }
        return new TableSettings(
                url,
                dialect,
                options.get("user", ""),
                options.get("password", ""),
                table(options, "table", ""),
                upsert,
                key,
                table(options, "offsets_table", "millrace_offsets"),
                options.getDuration("timeout", Duration.ofMinutes(1)));
    }

    private static boolean isUpsert(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "insert" -> false;
            case "upsert" -> true;
            default -> throw Options.invalid("mode", mode, "insert or upsert");
        };
    }

    private static String table(Options options, String option, String otherwise) {
        String table = options.get(option, otherwise);
        if (!TABLE.matcher(table).matches()) {
            throw Options.invalid(
                    option, table, "a table as SQL writes it, such as \"" + option + "\" = 'public.trades'");
        }
        return table;
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
        return url + " " + table;
    }
}
