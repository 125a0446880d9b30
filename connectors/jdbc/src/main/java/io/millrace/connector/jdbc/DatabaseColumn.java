package io.millrace.connector.jdbc;

import io.millrace.spi.type.DataType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column as its database has it.
 *
 * @param name as the table spells it
 * @param type what its values are here, or null where there is nothing like it
 * @param typeName what the database calls the type
 * @param nullable whether it may be NULL, as far as the database tells
 * @param finer whether its values may be parts of a microsecond apart, which are one value here
 */
record DatabaseColumn(String name, @Nullable DataType type, String typeName, boolean nullable, boolean finer) {

    /** Returns the columns of a table. */
    static List<DatabaseColumn> of(Connection connection, Dialect dialect, String table) throws SQLException {
        List<DatabaseColumn> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData described = none.getMetaData();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                columns.add(new DatabaseColumn(
                        described.getColumnName(i),
                        DatabaseTypes.of(dialect, described, i),
                        String.valueOf(described.getColumnTypeName(i)),
                        described.isNullable(i) != ResultSetMetaData.columnNoNulls,
                        DatabaseTypes.finer(dialect, described, i)));
            }
        }
        return columns;
    }

    /** Returns the column of a name, or the one that differs in upper and lower case only; null where there is none. */
    static @Nullable DatabaseColumn find(List<DatabaseColumn> columns, String name) {
        return columns.stream()
                .filter(column -> column.name.equals(name))
                .findFirst()
                .orElse(columns.stream()
                        .filter(column -> column.name.equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null));
    }
}
