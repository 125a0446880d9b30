package io.millrace.connector.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a database does in its own way. */
enum Dialect {
    POSTGRESQL("postgresql"),
    MYSQL("mysql"),
    MARIADB("mariadb"),
    SQLITE("sqlite"),
    DUCKDB("duckdb"),
    H2("h2"),
    /** Rows are loaded from files. It has no savepoints and keeps no keys. */
    REDSHIFT("redshift"),
    /** Any other: rows are inserted, in standard SQL. */
    OTHER("");

    private final String subprotocol;

    Dialect(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (dialect != OTHER && url.toLowerCase(Locale.ROOT).startsWith("jdbc:" + dialect.subprotocol + ":")) {
                return dialect;
            }
        }
        return OTHER;
    }

    boolean upserts() {
        return this != OTHER && this != REDSHIFT;
    }

    /** Returns whether a transaction can go on behind a statement that failed. */
    boolean hasSavepoints() {
        return this != DUCKDB && this != REDSHIFT;
    }

    /** Returns whether the driver knows times as classes; otherwise they go as text. */
    boolean takesTimes() {
        return this != SQLITE;
    }

    /** Returns whether rows come a part at a time only while a transaction is open. */
    boolean transmitsInTransactions() {
        return this == POSTGRESQL;
    }

    /** Returns what a driver is told to get rows a part at a time. */
    int fetchSize(int rows) {
        // MySQL's driver knows all rows and one row, and this is how the latter is written.
        return this == MYSQL ? Integer.MIN_VALUE : rows;
    }

    String quote(String name) {
        String mark = this == MYSQL || this == MARIADB ? "`" : "\"";
        return mark + name.replace(mark, mark + mark) + mark;
    }

    private String names(List<String> columns) {
        return columns.stream().map(this::quote).collect(Collectors.joining(", "));
    }

    private static String values(List<String> columns, String each) {
        return Stream.generate(() -> each).limit(columns.size()).collect(Collectors.joining(", ", "VALUES (", ")"));
    }

    String insert(String table, List<String> columns) {
        return "INSERT INTO " + table + " (" + names(columns) + ") " + values(columns, "?");
    }

    /** Returns a statement that puts a row in the place of that with its key, or beside the others. */
    String upsert(String table, List<String> columns, List<String> key) {
        return switch (this) {
            case H2 ->
                "MERGE INTO " + table + " (" + names(columns) + ") KEY (" + names(key) + ") " + values(columns, "?");
            case MYSQL, MARIADB -> insert(table, columns) + onDuplicateKey(columns, key);
            case POSTGRESQL, SQLITE, DUCKDB -> insert(table, columns) + onConflict(columns, key);
            case REDSHIFT, OTHER -> throw new IllegalStateException("refused with the options");
        };
    }

    /** Returns a statement that plans an upsert and does nothing, empty where none would say what the table lacks. */
    String explainUpsert(String table, List<String> columns, List<String> key) {
        return switch (this) {
            case POSTGRESQL, SQLITE, DUCKDB ->
                "EXPLAIN INSERT INTO " + table + " (" + names(columns) + ") " + values(columns, "NULL")
                        + onConflict(columns, key);
            case MYSQL, MARIADB, H2, REDSHIFT, OTHER -> "";
        };
    }

    /** Returns a statement that takes the row with a key out of a table. */
    String delete(String table, List<String> key) {
        return "DELETE FROM " + table + " WHERE "
                + key.stream().map(column -> quote(column) + " = ?").collect(Collectors.joining(" AND "));
    }

    private String onDuplicateKey(List<String> columns, List<String> key) {
        // Where all columns are the key, one of them is set to what it is.
        return columns.stream()
                .filter(column -> !key.contains(column) || columns.size() == key.size())
                .map(column -> quote(column) + " = VALUES(" + quote(column) + ")")
                .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", ""));
    }

    /** Returns what stands behind an INSERT of rows that may be there already. */
    String onConflict(List<String> columns, List<String> key) {
        String sets = columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> quote(column) + " = EXCLUDED." + quote(column))
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + names(key) + ") DO " + (sets.isEmpty() ? "NOTHING" : "UPDATE SET " + sets);
    }

    /** Returns whether a constant may be a value of a column at all; the database fails where it is asked for others. */
    boolean holds(Object constant) {
        return this != POSTGRESQL || !(constant instanceof String text) || text.indexOf('\0') < 0;
    }

    /** Returns the type of a column for long text. */
    String longText() {
        return switch (this) {
            case MYSQL, MARIADB -> "LONGTEXT";
            case H2 -> "CHARACTER VARYING";
            case POSTGRESQL, SQLITE, DUCKDB -> "TEXT";
            case REDSHIFT -> "VARCHAR(" + RefusalText.BYTES_MAX + ")";
            case OTHER -> "VARCHAR(4000)";
        };
    }

    /**
     * Returns whether a statement failed for the sake of a row's values, and would for ever: a constraint that they
     * break, a value that does not fit.
     */
    boolean blamesRow(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String message = String.valueOf(failure.getMessage());
        return switch (this) {
            // SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG; extended codes have them in the lowest byte.
            case SQLITE -> List.of(19, 20, 18).contains(failure.getErrorCode() & 0xff);
            case DUCKDB ->
                Stream.of("Constraint Error", "Conversion Error", "Out of Range Error", "Invalid Input Error")
                        .anyMatch(message::contains);
            default -> state.startsWith("22") || state.startsWith("23");
        };
    }
}
