package io.millrace.sql.statement;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;

/** The rows that statements other than queries answer with. */
public final class ResultTypes {

    /** {@code EXPLAIN}: one row a line. */
    public static final RowType EXPLAIN = RowType.of(Field.required("plan", DataType.VARCHAR));

    /** {@code SHOW STREAMS} and its like. */
    public static final RowType OBJECTS = RowType.of(Field.required("name", DataType.VARCHAR));

    /** {@code SHOW CREATE}. */
    public static final RowType CREATE = RowType.of(Field.required("statement", DataType.VARCHAR));

    /** {@code DESCRIBE}. */
    public static final RowType COLUMNS = RowType.of(
            Field.required("name", DataType.VARCHAR),
            Field.required("type", DataType.VARCHAR),
            Field.required("nullable", DataType.BOOLEAN));

    private ResultTypes() {}

    /** {@code SHOW setting}. */
    public static RowType setting(String name) {
        return RowType.of(Field.nullable(name, DataType.VARCHAR));
    }
}
