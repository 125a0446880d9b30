package io.millrace.jdbc;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of a ROW, a MAP or an array of such, or of what is in them, as the server tells it. Immutable. */
final class NestedType {

    private enum Kind {
        SCALAR,
        ROW,
        MAP,
        ARRAY,
        /** Values that the program gave, whatever they are. */
        GIVEN
    }

    private final Kind kind;
    private final String name;
    private final int oid;
    private final List<String> fields;
    private final List<NestedType> parts;

    private NestedType(Kind kind, String name, int oid, List<String> fields, List<NestedType> parts) {
        this.kind = kind;
        this.name = name;
        this.oid = oid;
        this.fields = fields;
        this.parts = parts;
    }

    /** Reads what the server says of a column. */
    static NestedType parse(String shape) throws SQLException {
        return of(JsonText.parse(shape));
    }

    /** Returns the type of values that a program gives. */
    static NestedType given(String name) {
        return new NestedType(Kind.GIVEN, name, 0, List.of(), List.of());
    }

    private static NestedType of(@Nullable Object json) throws SQLException {
        if (json instanceof Map) {
            Map<?, ?> type = (Map<?, ?>) json;
            String name = String.valueOf(type.get("name"));
            if (type.get("row") instanceof List) {
                return row(name, (List<?>) type.get("row"));
            }
            if (type.get("map") instanceof List) {
                List<?> parts = (List<?>) type.get("map");
                return new NestedType(Kind.MAP, name, 0, List.of(), List.of(of(parts.get(0)), of(parts.get(1))));
            }
            return new NestedType(Kind.ARRAY, name, 0, List.of(), List.of(of(type.get("array"))));
        }
        int oid = Integer.parseInt(String.valueOf(json));
        return new NestedType(Kind.SCALAR, SqlType.name(oid), oid, List.of(), List.of());
    }

    private static NestedType row(String name, List<?> pairs) throws SQLException {
        List<String> fields = new ArrayList<>();
        List<NestedType> parts = new ArrayList<>();
        for (Object pair : pairs) {
            fields.add(String.valueOf(((List<?>) pair).get(0)));
            parts.add(of(((List<?>) pair).get(1)));
        }
        return new NestedType(Kind.ROW, name, 0, fields, parts);
    }

    String name() {
        return name;
    }

    int jdbcType() {
        switch (kind) {
            case ROW:
                return Types.STRUCT;
            case MAP:
                return Types.JAVA_OBJECT;
            case ARRAY:
                return Types.ARRAY;
            case GIVEN:
                return Types.OTHER;
            default:
                return SqlType.jdbcType(oid);
        }
    }

    Class<?> javaClass() {
        switch (kind) {
            case ROW:
                return Struct.class;
            case MAP:
                return Map.class;
            case ARRAY:
                return java.sql.Array.class;
            case GIVEN:
                return Object.class;
            default:
                return SqlType.of(oid) == SqlType.SMALLINT ? Integer.class : SqlType.of(oid).javaClass;
        }
    }

    /** Returns the number of a single value's type, and that of JSON for what is made of others. */
    int oid() {
        return kind == Kind.SCALAR ? oid : SqlType.JSON.oid;
    }

    /** Returns a value as the class of its type, of what its JSON document says. */
    @Nullable
    Object value(@Nullable Object json) throws SQLException {
        if (json == null) {
            return null;
        }
        switch (kind) {
            case ROW:
                return new MillraceStruct(this, json);
            case MAP:
                return map((Map<?, ?>) json);
            case ARRAY:
                return new MillraceArray(parts.get(0), (List<?>) json);
            case GIVEN:
                return json;
            default:
                return new CellValue(json.toString(), oid).object();
        }
    }

    private Map<@Nullable Object, @Nullable Object> map(Map<?, ?> json) throws SQLException {
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : json.entrySet()) {
            values.put(parts.get(0).value(entry.getKey()), parts.get(1).value(entry.getValue()));
        }
        return values;
    }

    /** Returns the values of a ROW's fields in the order of its type. */
    @Nullable
    Object[] attributes(Map<?, ?> json) throws SQLException {
        @Nullable Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).value(json.get(fields.get(i)));
        }
        return values;
    }

    /** Returns a Java array of values of this type. */
    Object toArray(List<?> json) throws SQLException {
        Object array = Array.newInstance(javaClass(), json.size());
        for (int i = 0; i < json.size(); i++) {
            Array.set(array, i, value(json.get(i)));
        }
        return array;
    }
}
