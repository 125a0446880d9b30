package io.millrace.server.postgres.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;

/**
 * What is in a column that travels as JSON, for clients that asked to be told.
 *
 * <pre>
 *   23                                                             a type by its object id
 *   {"name": "ROW(a INTEGER)", "row": [["a", 23]]}                 the fields of a ROW
 *   {"name": "MAP&lt;VARCHAR, INTEGER&gt;", "map": [1043, 23]}         key and value of a MAP
 *   {"name": "ROW(a INTEGER) ARRAY", "array": {…}}                 the elements of an ARRAY
 * </pre>
 */
public final class ColumnTypes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ColumnTypes() {}

    /** Returns whether object ids do not say all of the type. */
    public static boolean tell(DataType type) {
        return PostgresType.json(type);
    }

    /** Returns the type as a JSON document. */
    public static String text(DataType type) {
        return of(type).toString();
    }

    private static JsonNode of(DataType type) {
        return switch (type) {
            case RowType row -> {
                ObjectNode node = named(row);
                ArrayNode fields = node.putArray("row");
                row.fields()
                        .forEach(field -> fields.addArray().add(field.name()).add(of(field.type())));
                yield node;
            }
            case MapType map -> {
                ObjectNode node = named(map);
                node.putArray("map").add(of(map.key())).add(of(map.value()));
                yield node;
            }
            case ArrayType array -> named(array).set("array", of(array.element()));
            default -> JSON.numberNode(PostgresType.of(type).oid());
        };
    }

    private static ObjectNode named(DataType type) {
        return JSON.objectNode().put("name", type.toString());
    }
}
