package io.millrace.connector.jdbc;

import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A connection for lookups, and the statements that are prepared on it: one for each power of two of keys. */
final class LookupSession implements AutoCloseable {

    private record Key(DatabaseColumn column, String operand, int place) {}

    private final RelationSettings settings;
    private final Connection connection;
    private final WantedColumns wanted;
    private final List<Key> keys = new ArrayList<>();
    private final Map<Integer, PreparedStatement> prepared = new HashMap<>();

    /** Looks what the table is made of. */
    LookupSession(RelationSettings settings, Connection connection, RowType type, List<String> keyColumns)
            throws SQLException {
        this.settings = settings;
        this.connection = connection;
        List<DatabaseColumn> columns = DatabaseColumn.of(connection, settings.dialect(), settings.table());
        this.wanted = new WantedColumns(settings, columns, type);
        for (int i = 0; i < keyColumns.size(); i++) {
            DatabaseColumn column = DatabaseColumn.find(columns, keyColumns.get(i));
            DataType declared = type.field(type.indexOf(keyColumns.get(i))).type();
            String operand =
                    column == null ? null : Pushdown.operand(settings.dialect(), column, declared, Comparison.EQUAL);
            if (column != null && operand != null) {
                keys.add(new Key(column, operand, i));
            }
        }
        if (keys.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    settings + " cannot be asked by " + String.join(", ", keyColumns)
                            + ": this database does not compare that as it is compared here",
                    "look it up by a column of whole numbers or of text, declared as the table has it");
        }
    }

    WantedColumns wanted() {
        return wanted;
    }

    /** Returns the statement that asks for keys, or null where none of them can be a value of the table's columns. */
    @Nullable
    PreparedStatement statement(RowBatch batch) throws SQLException {
        List<List<BoundValue>> values = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            List<BoundValue> key = values(batch, row);
            if (key != null) {
                values.add(key);
            }
        }
        if (values.isEmpty()) {
            return null;
        }
        int size = values.size() == 1 ? 1 : Integer.highestOneBit(values.size() - 1) * 2;
        PreparedStatement statement = prepared(size);
        int place = 1;
        for (int i = 0; i < size; i++) {
            for (BoundValue value : values.get(Math.min(i, values.size() - 1))) {
                value.bind(statement, place++);
            }
        }
        return statement;
    }

    private @Nullable List<BoundValue> values(RowBatch batch, int row) {
        List<BoundValue> values = new ArrayList<>();
        for (Key key : keys) {
            Object value = JavaValues.get(batch.type().field(key.place).type(), batch.column(key.place), row);
            BoundValue bound = value == null ? null : BoundValue.of(settings.dialect(), key.column, value);
            if (bound == null) {
                return null;
            }
            values.add(bound);
        }
        return values;
    }

    private PreparedStatement prepared(int size) throws SQLException {
        PreparedStatement statement = prepared.get(size);
        if (statement == null) {
            statement = connection.prepareStatement(sql(size));
            if (settings.dialect().transmitsInTransactions()) {
                // Its driver has all rows in memory before it gives the first.
                statement.setMaxRows(TableLookup.ROWS_MAX + 1);
            }
            prepared.put(size, statement);
        }
        return statement;
    }

    private String sql(int size) {
        String tests = keys.size() == 1
                ? keys.getFirst().operand + " IN (" + String.join(", ", Collections.nCopies(size, "?")) + ")"
                : String.join(
                        " OR ",
                        Collections.nCopies(
                                size,
                                keys.stream()
                                        .map(key -> key.operand + " = ?")
                                        .collect(Collectors.joining(" AND ", "(", ")"))));
        return "SELECT " + wanted.list() + " FROM " + settings.table() + " WHERE " + tests;
    }

    @Override
    public void close() {
        prepared.values().forEach(Database::closeQuietly);
        Database.closeQuietly(connection);
    }
}
