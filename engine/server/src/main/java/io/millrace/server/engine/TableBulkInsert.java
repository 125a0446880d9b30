package io.millrace.server.engine;

import io.millrace.runtime.state.RowCopy;
import io.millrace.server.session.BulkInsert;
import io.millrace.server.table.StoredTable;
import io.millrace.server.table.TableChanges;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.TableDefinition;
import java.util.List;

/** Rows in bulk into a table: kept in memory until the end, and then put in as one statement. */
final class TableBulkInsert implements BulkInsert {

    private final TableDefinition target;
    private final StoredTable table;
    private final List<Integer> places;
    private final RowBatch defaults;
    private final RowType rowType;
    private final RowBatch rows;
    private long bytes;

    /**
     * @param places places in the table of the columns that rows have
     * @param defaults one row of the table: what columns hold that rows do not have
     */
    TableBulkInsert(TableDefinition target, StoredTable table, List<Integer> places, RowBatch defaults) {
        this.target = target;
        this.table = table;
        this.places = places;
        this.defaults = defaults;
        this.rowType = new RowType(places.stream().map(target.columns()::field).toList());
        this.rows = RowBatch.create(rowType, 1024);
    }

    @Override
    public String stream() {
        return target.name();
    }

    @Override
    public RowType rowType() {
        return rowType;
    }

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public void write(RowBatch batch) {
        bytes += StoredTable.bytes(batch);
        if (bytes > StoredTable.STATEMENT_BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than " + StoredTable.STATEMENT_BYTES_MAX + " bytes of rows for table '" + target.name() + "'",
                    "copy fewer rows at a time");
        }
        RowCopy.append(rows, batch);
    }

    @Override
    public void finish() {
        RowBatch added = all();
        NotNullColumns.check(target.name(), added);
        table.write((version, present) -> new TableChanges(new int[0], added));
    }

    private RowBatch all() {
        Column[] columns = new Column[target.columns().size()];
        for (int i = 0; i < columns.length; i++) {
            int given = places.indexOf(i);
            columns[i] = given >= 0 ? rows.column(given) : repeated(i);
        }
        RowBatch all = new RowBatch(target.columns(), columns);
        all.size(rows.size());
        return all;
    }

    private Column repeated(int place) {
        Column column = Column.create(target.columns().field(place).type(), rows.size());
        for (int row = 0; row < rows.size(); row++) {
            column.copyFrom(defaults.column(place), 0, row);
        }
        return column;
    }

    @Override
    public void close() {
        // Nothing is on its way before the end.
    }
}
