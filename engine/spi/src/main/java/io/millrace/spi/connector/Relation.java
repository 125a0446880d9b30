package io.millrace.spi.connector;

import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Returns the changes behind a version, the oldest first; where none is given, the newest version alone, as a change
     * that adds all rows of the table.
     *
     * @throws io.millrace.spi.error.MillraceException {@code WRONG_STATE} where the version is none of the table's any
     *     more
     * @throws UnsupportedOperationException where the table has no versions; {@link #added} likewise
     */
    default List<RelationChange> changes(@Nullable String after) throws IOException {
        throw new UnsupportedOperationException("the table has no versions");
    }

    /**
     * Begins to read what a version has: in an order that is the same each time.
     *
     * @param whole whether all its rows are meant, and not those that it adds
     */
    default RelationScan added(String version, boolean whole, RowType wanted) throws IOException {
        throw new UnsupportedOperationException("the table has no versions");
    }
}
