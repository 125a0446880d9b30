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
    private final @Nullable NestedType nested;
    private @Nullable String text;
    private @Nullable List<?> json;

    MillraceArray(int oid, String text) {
        this.oid = oid;
        this.nested = null;
        this.text = text;
    }

    /** An array inside a JSON document. */
    MillraceArray(NestedType element, List<?> json) {
        this.oid = SqlType.JSON.oid;
        this.nested = element;
        this.json = json;
    }

    /** Makes an array of elements; the name is SQL's or PostgreSQL's for their type. */
    static MillraceArray of(String elementType, List<?> elements) throws SQLException {
        if (JsonText.documents(elements)) {
            return new MillraceArray(NestedType.given(elementType), new ArrayList<>(elements));
        }
        return new MillraceArray(TypeNames.find(elementType).arrayOid, ArrayText.write(elements));
    }

    /** Returns the array as it goes to the server. */
    String text() throws SQLException {
        String current = json == null ? text : JsonText.write(json);
        if (current == null) {
            throw SqlErrors.closed("array");
        }
        return current;
    }

    int oid() {
        return oid;
    }

    /** Returns whether it is an array in a JSON document. */
    boolean nested() {
        return nested != null;
    }

    /** Returns the elements as they came: texts, lists and what JSON has. */
    List<?> elements() throws SQLException {
        List<?> known = json;
        return known == null ? ArrayText.parse(text()) : known;
    }

    private Object toArray(List<?> elements) throws SQLException {
        return nested == null ? ArrayText.toArray(elements, element()) : nested.toArray(elements);
    }

    private SqlType element() {
        return nested == null ? SqlType.elementOf(oid) : SqlType.of(nested.oid());
    }

    @Override
    public String getBaseTypeName() {
        return nested == null ? element().sqlName : nested.name();
    }

    @Override
    public int getBaseType() {
        return nested == null ? element().jdbcType : nested.jdbcType();
    }

    @Override
    public Object getArray() throws SQLException {
        return toArray(elements());
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return toArray(slice(index, count));
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    private List<?> slice(long index, int count) throws SQLException {
        List<?> elements = elements();
        if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
            throw SqlErrors.argument("there are " + elements.size() + " elements, not " + count + " from " + index);
        }
        return elements.subList((int) index - 1, (int) index - 1 + count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(1, elements());
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

    private ResultSet rows(long first, List<?> elements) throws SQLException {
        boolean deep = nested == null && elements.stream().anyMatch(element -> element instanceof List);
        List<ColumnInfo> columns = List.of(
                new ColumnInfo("INDEX", SqlType.INTEGER.oid, -1),
                new ColumnInfo("VALUE", deep ? oid : element().oid, -1));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(Long.toString(first + i));
            row.add(cell(elements.get(i)));
            rows.add(row);
        }
        return new MillraceResultSet(null, new FixedRows(columns, rows), 0);
    }

    private @Nullable String cell(@Nullable Object element) throws SQLException {
        boolean document = nested != null && (element instanceof List || element instanceof Map);
        return document ? JsonText.write(element) : ArrayText.element(element);
    }

    @Override
    public void free() {
        text = null;
        json = null;
    }

    /** Returns the array as the server writes it. */
    @Override
    public String toString() {
        try {
            return text();
        } catch (SQLException e) {
            // It was freed.
            return "";
        }
    }
}
