package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ROW: of an answer, with the types of its fields, or made by {@code createStruct}, with what it was given. */
final class MillraceStruct implements Struct {

    private final String typeName;
    private final @Nullable NestedType type;
    /** A document as {@link JsonText} reads it, or a list of values. */
    private final Object json;

    MillraceStruct(NestedType type, Object json) {
        this.typeName = type.name();
        this.type = type;
        this.json = json;
    }

    MillraceStruct(String typeName, @Nullable Object[] attributes) {
        this.typeName = typeName;
        this.type = null;
        this.json = Arrays.asList(attributes.clone());
    }

    Object json() {
        return json;
    }

    @Override
    public String getSQLTypeName() {
        return typeName;
    }

    @Override
    public @Nullable Object[] getAttributes() throws SQLException {
        NestedType known = type;
        return known == null ? ((java.util.List<?>) json).toArray() : known.attributes((Map<?, ?>) json);
    }

    @Override
    public @Nullable Object[] getAttributes(Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.unsupported("mapping types");
        }
        return getAttributes();
    }

    /** Returns it as a JSON document. */
    @Override
    public String toString() {
        try {
            return JsonText.write(json);
        } catch (SQLException e) {
            return typeName + " with a value that is none of SQL's: " + e.getMessage();
        }
    }
}
