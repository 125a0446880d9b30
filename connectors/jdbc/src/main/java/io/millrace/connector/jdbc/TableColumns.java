package io.millrace.connector.jdbc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of a table the fields of a row go to.
 *
 * @param names the column of each field, as the table spells it
 * @param key those of them that are the key
 */
record TableColumns(List<String> names, List<String> key) {

    /** Finds for each field the column of its name, or the one that differs in upper and lower case only. */
    static TableColumns find(Connection connection, TableSettings settings, RowType type) throws SQLException {
        List<String> there = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + settings.table() + " WHERE 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                there.add(columns.getColumnName(i));
            }
        }
        List<String> names = new ArrayList<>();
        List<String> key = new ArrayList<>();
        for (Field field : type.fields()) {
            String column = find(field.name(), there, settings);
            names.add(column);
            if (settings.key().contains(field.name())) {
                key.add(column);
            }
        }
        return new TableColumns(names, key);
    }

    private static String find(String field, List<String> there, TableSettings settings) {
        if (there.contains(field)) {
            return field;
        }
        return there.stream()
                .filter(field::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "table " + settings.table() + " has no column '" + field + "', only "
                                + String.join(", ", there),
                        "add the column, or deliver a query with the names that the table has"));
    }
}
