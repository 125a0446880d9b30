package io.millrace.spi.connector;

import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;

/**
 * A table of another system, to be read. It keeps nothing open by itself. Where the system has versions of the table,
 * all scans see the one that the first question met. Safe for use by several threads.
 */
public interface Relation {

    /**
     * Asks for the table's columns.
     *
     * @throws IOException where the system does not answer
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} where a column has a type that has none here
     */
    RowType columns() throws IOException;

    /**
     * Begins to read the table.
     *
     * @param wanted the columns wanted, in this order and of these types
     * @param conditions what all rows wanted fulfil. Whoever reads tests them again, so that one which the system
     *     cannot test, or tests in another way, may be left out.
     * @param bounds what those say of single columns, in the form in which files are asked
     * @throws IOException where the system does not answer
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_COLUMN}, {@code TYPE_MISMATCH} where the table
     *     has other columns
     */
    RelationScan scan(RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds) throws IOException;

    /**
     * Returns what asks the table for rows by key, without asking yet.
     *
     * @param wanted the columns wanted, in this order and of these types
     * @param keys those of them that keys are values of
     */
    RowLookup lookup(RowType wanted, List<String> keys);
}
