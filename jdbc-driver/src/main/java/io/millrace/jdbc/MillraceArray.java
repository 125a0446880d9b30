package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array, as the server writes it: {@code {1,NULL,"a b"}}. */
final class MillraceArray implements Array {

    private final int oid;
    private @Nullable String text;

    MillraceArray(int oid, String text) {
        this.oid = oid;
        this.text = text;
    }

    /** Makes an array of elements; the name is SQL's or PostgreSQL's for their type. */
    static MillraceArray of(String elementType, List<?> elements) throws SQLException {
        return new MillraceArray(TypeNames.find(elementType).arrayOid, ArrayText.write(elements));
    }

    String text() throws SQLException {
        String current = text;
        if (current == null) {
            throw SqlErrors.closed("array");
        }
        return current;
    }

    int oid() {
        return oid;
    }

    private SqlType element() {
        return SqlType.elementOf(oid);
    }

    @Override
    public String getBaseTypeName() {
        return element().sqlName;
    }

    @Override
    public int getBaseType() {
        return element().jdbcType;
    }

    @Override
    public Object getArray() throws SQLException {
        List<@Nullable Object> elements = ArrayText.parse(text());
        return ArrayText.toArray(elements, element());
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return ArrayText.toArray(slice(index, count), element());
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    private List<@Nullable Object> slice(long index, int count) throws SQLException {
        List<@Nullable Object> elements = ArrayText.parse(text());
        if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
            throw SqlErrors.argument("there are " + elements.size() + " elements, not " + count + " from " + index);
        }
        return elements.subList((int) index - 1, (int) index - 1 + count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(1, ArrayText.parse(text()));
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(index, slice(index, count));
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getResultSet(index, count);
    }

    private ResultSet rows(long first, List<@Nullable Object> elements) {
        boolean nested = elements.stream().anyMatch(element -> element instanceof List);
        List<ColumnInfo> columns = List.of(
                new ColumnInfo("INDEX", SqlType.INTEGER.oid, -1),
                new ColumnInfo("VALUE", nested ? oid : element().oid, -1));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(Long.toString(first + i));
            row.add(ArrayText.element(elements.get(i)));
            rows.add(row);
        }
        return new MillraceResultSet(null, new FixedRows(columns, rows), 0);
    }

    @Override
    public void free() {
        text = null;
    }

    /** Returns the array as the server writes it. */
    @Override
    public String toString() {
        String current = text;
        return current == null ? "" : current;
    }
}
