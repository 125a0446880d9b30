package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.util.Set;
import java.util.TreeSet;

/**
 * A delivery's columns as those of a table: a {@code struct} in JSON. They are matched by name, letter case aside where
 * there is no other way.
 */
final class TableSchema {

    /** What no name may have while columns are found by name in Parquet. */
    private static final String NOT_IN_NAMES = " ,;{}()\n\t=";

    private static final String WALL_CLOCK = "timestamp_ntz";

    private TableSchema() {}

    /**
     * Returns the columns of a new table.
     *
     * @throws MillraceException {@code UNSUPPORTED} where Delta has no such type, or takes no such name
     */
    static ObjectNode of(RowType columns) {
        ObjectNode schema = Json.object().put("type", "struct");
        ArrayNode fields = schema.putArray("fields");
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Field field : columns.fields()) {
            if (!names.add(field.name())) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + field.name()
                                + "' is there twice, letter case aside, which Delta does not tell apart",
                        "rename one of them with AS");
            }
            fields.add(field(field));
        }
        return schema;
    }

    private static ObjectNode field(Field field) {
        String name = field.name();
        if (name.chars().anyMatch(c -> NOT_IN_NAMES.indexOf(c) >= 0)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "Delta takes no column named '" + name + "'",
                    "rename it with AS: no space, and none of , ; { } ( ) =");
        }
        ObjectNode json = Json.object().put("name", name);
        json.set("type", type(name, field.type()));
        json.put("nullable", field.nullable()).putObject("metadata");
        return json;
    }

    private static JsonNode type(String column, DataType type) {
        return switch (type) {
            case ArrayType t -> {
                ObjectNode array = Json.object().put("type", "array");
                array.set("elementType", type(column, t.element()));
                yield array.put("containsNull", t.elementNullable());
            }
            case MapType t -> {
                ObjectNode map = Json.object().put("type", "map");
                map.set("keyType", type(column, t.key()));
                map.set("valueType", type(column, t.value()));
                yield map.put("valueContainsNull", t.valueNullable());
            }
            case RowType t -> of(t);
            default -> TextNode.valueOf(primitive(column, type));
        };
    }

    private static String primitive(String column, DataType type) {
        return switch (type) {
            case BooleanType t -> "boolean";
            case IntegerType t ->
                switch (t.bits()) {
                    case 8 -> "byte";
                    case 16 -> "short";
                    case 32 -> "integer";
                    default -> "long";
                };
            case FloatingType t -> t.bits() == 64 ? "double" : "float";
            case DecimalType t -> "decimal(" + t.precision() + "," + t.scale() + ")";
            case CharacterType t -> "string";
            case BinaryType t -> "binary";
            case DateType t -> "date";
            case TimestampType t -> t.zoned() ? "timestamp" : WALL_CLOCK;
            case TimeType t -> throw unsupported(column, "a time of day");
            case IntervalType t -> throw unsupported(column, "an interval");
            case ArrayType t -> throw new IllegalArgumentException("not a primitive: " + t);
            case MapType t -> throw new IllegalArgumentException("not a primitive: " + t);
            case RowType t -> throw new IllegalArgumentException("not a primitive: " + t);
        };
    }

    private static MillraceException unsupported(String column, String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "column '" + column + "' is " + what + ", which Delta has no type for",
                "cast it to BIGINT or VARCHAR");
    }

    /** Returns whether a column, or what is inside it, is a wall clock reading. */
    static boolean hasWallClocks(JsonNode type) {
        return type.findValuesAsText("type").contains(WALL_CLOCK)
                || type.findValuesAsText("elementType").contains(WALL_CLOCK)
                || type.findValuesAsText("keyType").contains(WALL_CLOCK)
                || type.findValuesAsText("valueType").contains(WALL_CLOCK);
    }

    /**
     * Returns a table's columns with those of a delivery that it lacks.
     *
     * @throws MillraceException {@code TYPE_MISMATCH} where a column is there with another type, or where one that
     *     must not be NULL may be in the delivery
     */
    static ObjectNode with(ObjectNode schema, RowType columns, String table) {
        ObjectNode wanted = of(columns);
        ObjectNode whole = schema.deepCopy();
        ArrayNode fields = (ArrayNode) whole.path("fields");
        boolean[] given = new boolean[fields.size()];
        for (JsonNode field : wanted.path("fields")) {
            int place = find(schema, field.path("name").asText());
            if (place < 0) {
                fields.add(((ObjectNode) field).put("nullable", true));
            } else {
                given[place] = true;
                checkSame(fields.get(place), field, table);
            }
        }
        for (int i = 0; i < given.length; i++) {
            if (!given[i] && !fields.get(i).path("nullable").asBoolean(true)) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        "column '" + fields.get(i).path("name").asText() + "' of table '" + table
                                + "' must not be NULL, and the delivery has no such column",
                        "deliver a query that gives it, or make the table's column nullable");
            }
        }
        return whole;
    }

    private static void checkSame(JsonNode there, JsonNode wanted, String table) {
        String name = there.path("name").asText();
        if (!takes(there.path("type"), wanted.path("type"))) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + name + "' of table '" + table + "' is " + there.path("type")
                            + ", and the delivery's is " + wanted.path("type"),
                    "deliver a query that casts it: Delta keeps the type of a column");
        }
        if (!there.path("nullable").asBoolean(true) && wanted.path("nullable").asBoolean(true)) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + name + "' of table '" + table + "' must not be NULL, and the delivery's may be",
                    "deliver a column that is NOT NULL, or make the table's nullable");
        }
    }

    /** Returns whether values of a type may stand in a column; what may be NULL there need not be here. */
    private static boolean takes(JsonNode there, JsonNode wanted) {
        if (!there.isObject() || !wanted.isObject()) {
            return there.equals(wanted);
        }
        if (!there.path("type").equals(wanted.path("type"))) {
            return false;
        }
        return switch (there.path("type").asText()) {
            case "array" ->
                takes(there.path("elementType"), wanted.path("elementType")) && nulls("containsNull", there, wanted);
            case "map" ->
                takes(there.path("keyType"), wanted.path("keyType"))
                        && takes(there.path("valueType"), wanted.path("valueType"))
                        && nulls("valueContainsNull", there, wanted);
            default -> takesFields(there.path("fields"), wanted.path("fields"));
        };
    }

    private static boolean takesFields(JsonNode there, JsonNode wanted) {
        boolean takes = there.size() == wanted.size();
        for (int i = 0; takes && i < there.size(); i++) {
            takes = there.get(i).path("name").equals(wanted.get(i).path("name"))
                    && takes(there.get(i).path("type"), wanted.get(i).path("type"))
                    && nulls("nullable", there.get(i), wanted.get(i));
        }
        return takes;
    }

    private static boolean nulls(String name, JsonNode there, JsonNode wanted) {
        return there.path(name).asBoolean(true) || !wanted.path(name).asBoolean(true);
    }

    /** Returns the place of a column, or -1 where there is none of this name. */
    static int find(JsonNode schema, String name) {
        JsonNode fields = schema.path("fields");
        int place = -1;
        for (int i = 0; i < fields.size(); i++) {
            String there = fields.get(i).path("name").asText();
            if (there.equals(name)) {
                return i;
            }
            if (place < 0 && there.equalsIgnoreCase(name)) {
                place = i;
            }
        }
        return place;
    }
}
