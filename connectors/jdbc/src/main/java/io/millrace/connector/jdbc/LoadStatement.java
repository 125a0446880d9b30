package io.millrace.connector.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** Redshift's {@code COPY} of one manifest. */
final class LoadStatement {

    /** Most errors that a load may be told to pass over. */
    static final int ERRORS_MAX = 100_000;

    private final LoadSettings load;
    private final String table;
    private final String columns;

    LoadStatement(TableSettings settings, LoadSettings load, List<String> columns) {
        this.load = load;
        this.table = settings.table();
        this.columns = load.columns().isBlank()
                ? columns.stream().map(Dialect.REDSHIFT::quote).collect(Collectors.joining(", "))
                : load.columns();
    }

    /**
     * Returns the statement, which has secrets in it.
     *
     * @param rows how many rows the file has, all of which may be wrong
     */
    String of(String manifest, int rows) {
        CopyOptions options = load.copyOptions();
        StringBuilder sql = new StringBuilder("COPY ").append(table);
        if (!columns.isEmpty()) {
            sql.append(" (").append(columns).append(')');
        }
        sql.append(" FROM ").append(LoadAccess.quoted(manifest)).append(' ').append(load.access());
        sql.append(" MANIFEST ").append(load.hasColumns() ? options.ofRows() : options.text());
        if (load.gzip() && !options.has("GZIP")) {
            sql.append(" GZIP");
        }
        if (load.hasColumns()) {
            sql.append(" MAXERROR ").append(Math.min(ERRORS_MAX, rows + 1));
        }
        return sql.toString();
    }
}
