package io.millrace.sql.statement;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.statement.Statement.ObjectKind;

/** The rows that statements other than queries answer with: what is planned and what is answered must agree. */
public final class ResultTypes {

    /** {@code EXPLAIN}: one row a line. */
    public static final RowType EXPLAIN = RowType.of(text("plan"));

    /** {@code SHOW CREATE}. */
    public static final RowType CREATE = RowType.of(text("statement"));

    /** {@code DESCRIBE}. */
    public static final RowType COLUMNS =
            RowType.of(text("column"), text("type"), Field.required("nullable", DataType.BOOLEAN));

    /** {@code SHOW WATERMARKS}. */
    public static final RowType WATERMARKS = RowType.of(
            text("kind"),
            text("name"),
            text("stream"),
            text("shard"),
            Field.nullable("bound", DataType.TIMESTAMP),
            count("behind_ms"),
            count("unread"),
            Field.required("idle", DataType.BOOLEAN),
            Field.required("holds_back", DataType.BOOLEAN));

    private ResultTypes() {}

    /** {@code SHOW STREAMS} and its like. */
    public static RowType objects(ObjectKind kind) {
        return switch (kind) {
            case STREAM ->
                RowType.of(
                        text("name"),
                        text("format"),
                        Field.required("shards", DataType.INTEGER),
                        Field.required("entries", DataType.BIGINT),
                        text("retention"),
                        text("state"));
            case TABLE, EXTERNAL_TABLE ->
                RowType.of(text("name"), Field.nullable("primary_key", DataType.VARCHAR), count("rows"), text("state"));
            case PUMP ->
                RowType.of(
                        text("name"),
                        text("target"),
                        text("state"),
                        count("steps"),
                        count("rows_in"),
                        count("rows_out"),
                        count("late_rows"),
                        count("rejected_rows"),
                        Field.nullable("rowtime_bound", DataType.TIMESTAMP));
            case VIEW, STORED_QUERY ->
                RowType.of(text("name"), text("state"), count("rows"), count("steps"), count("rejected_rows"));
            case DELIVERY ->
                RowType.of(
                        text("name"),
                        text("source"),
                        text("destination"),
                        text("state"),
                        text("guarantee"),
                        count("files"),
                        count("rows"),
                        count("lag"),
                        count("rejected_rows"),
                        Field.nullable("last_error", DataType.VARCHAR),
                        count("lag_ms"),
                        Field.nullable("last_error_at", DataType.TIMESTAMP));
            case FUNCTION -> RowType.of(text("name"), text("arguments"), text("kind"));
        };
    }

    /** {@code SHOW setting}. */
    public static RowType setting(String name) {
        return RowType.of(text(name));
    }

    private static Field text(String name) {
        return Field.required(name, DataType.VARCHAR);
    }

    private static Field count(String name) {
        return Field.nullable(name, DataType.BIGINT);
    }
}
