package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of an answer. Immutable. */
final class MillraceResultSetMetaData extends Unwrapping implements ResultSetMetaData {

    private final List<ColumnInfo> columns;

    MillraceResultSetMetaData(List<ColumnInfo> columns) {
        this.columns = columns;
    }

    private ColumnInfo column(int column) throws SQLException {
        if (column < 1 || column > columns.size()) {
            throw new SQLException("there is no column " + column + " of " + columns.size(), "07009");
        }
        return columns.get(column - 1);
    }

    private SqlType type(int column) throws SQLException {
        int oid = column(column).typeOid();
        return SqlType.isArray(oid) ? SqlType.OTHER : SqlType.of(oid);
    }

    private @Nullable NestedType nested(int column) throws SQLException {
        String shape = column(column).shape();
        return shape == null ? null : NestedType.parse(shape);
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        column(column);
        return false;
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return type(column).text();
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        column(column);
        return true;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        column(column);
        return false;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        column(column);
        return columnNullableUnknown;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return type(column).signed();
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return type(column).displaySize(column(column).modifier());
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return column(column).label();
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return column(column).label();
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        column(column);
        return "";
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        int precision = type(column).precision(column(column).modifier());
        return precision == Integer.MAX_VALUE && !type(column).text() ? 0 : precision;
    }

    @Override
    public int getScale(int column) throws SQLException {
        return type(column).scale(column(column).modifier());
    }

    @Override
    public String getTableName(int column) throws SQLException {
        column(column);
        return "";
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        column(column);
        return "";
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        NestedType nested = nested(column);
        return nested != null
                ? nested.jdbcType()
                : SqlType.jdbcType(column(column).typeOid());
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        NestedType nested = nested(column);
        return nested != null ? nested.name() : SqlType.name(column(column).typeOid());
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        column(column);
        return true;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        column(column);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        column(column);
        return false;
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        NestedType nested = nested(column);
        if (nested != null) {
            return nested.javaClass().getName();
        }
        String name = SqlType.className(column(column).typeOid());
        // Small whole numbers come as Integer, as JDBC has it.
        return name.equals("java.lang.Short") ? "java.lang.Integer" : name;
    }
}
