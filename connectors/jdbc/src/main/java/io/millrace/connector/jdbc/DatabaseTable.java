package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A table of a database, to be read. Each question has a connection of its own. */
final class DatabaseTable implements Relation {

    private final RelationSettings settings;

    DatabaseTable(RelationSettings settings) {
        this.settings = settings;
    }

    @Override
    public RowType columns() throws IOException {
        List<DatabaseColumn> columns;
        try (Connection connection = settings.database().connect()) {
            columns = DatabaseColumn.of(connection, settings.dialect(), settings.table());
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().shownUrl(), e);
        }
        List<Field> fields = new ArrayList<>();
        for (DatabaseColumn column : columns) {
            if (column.type() == null) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        settings + ": column '" + column.name() + "' is of type " + column.typeName()
                                + ", for which there is none here",
                        "name the columns that you want, this one as VARCHAR or not at all: CREATE EXTERNAL TABLE "
                                + settings.name() + " (column type, …) FROM …");
            }
            fields.add(new Field(column.name(), column.type(), column.nullable()));
        }
        return new RowType(fields);
    }

    @Override
    public RelationScan scan(RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds)
            throws IOException {
        try {
            return TableScan.open(settings, wanted, conditions);
        } catch (SQLException e) {
            throw Failures.toRetry(settings.database().shownUrl(), e);
        }
    }

    @Override
    public RowLookup lookup(RowType wanted, List<String> keys) {
        return new TableLookup(settings, wanted, keys);
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
