package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import java.util.regex.Pattern;

/** Names of tables, which stand in statements as they are given. */
final class TableName {

    /** Identifiers with dots between them; what has other characters is in double quotes or backticks. */
    private static final Pattern TABLE = Pattern.compile(
            "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`)(?:\\.(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`))*");

    private TableName() {}

    /** Returns an option that is a table's name, and nothing that is more than that. */
    static String of(Options options, String option, String otherwise) {
        String table = options.get(option, otherwise);
        if (!TABLE.matcher(table).matches()) {
            throw Options.invalid(
                    option, table, "a table as SQL writes it, such as \"" + option + "\" = 'public.trades'");
        }
        return table;
    }
}
