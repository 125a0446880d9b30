package io.millrace.plan.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Types. */
final class TypeJson {

    private static final String TYPE = "type";

    private TypeJson() {}

    static JsonNode write(DataType type) {
        return switch (type) {
            case BooleanType t -> Json.object(TYPE, "boolean");
            case IntegerType t -> Json.object(TYPE, "integer").put("bits", t.bits());
            case FloatingType t -> Json.object(TYPE, "floating").put("bits", t.bits());
            case DecimalType t ->
                Json.object(TYPE, "decimal").put("precision", t.precision()).put("scale", t.scale());
            case CharacterType t ->
                Json.object(TYPE, "character").put("length", t.length()).put("fixed", t.fixed());
            case BinaryType t ->
                Json.object(TYPE, "binary").put("length", t.length()).put("fixed", t.fixed());
            case DateType t -> Json.object(TYPE, "date");
            case TimeType t -> Json.object(TYPE, "time").put("precision", t.precision());
            case TimestampType t ->
                Json.object(TYPE, "timestamp").put("precision", t.precision()).put("zoned", t.zoned());
            case IntervalType t -> Json.object(TYPE, "interval").put("months", t.months());
            case ArrayType t -> {
                ObjectNode array = Json.object(TYPE, "array");
                array.set("element", write(t.element()));
                yield array.put("elementNullable", t.elementNullable());
            }
            case MapType t -> {
                ObjectNode map = Json.object(TYPE, "map");
                map.set("key", write(t.key()));
                map.set("value", write(t.value()));
                yield map.put("valueNullable", t.valueNullable());
            }
            case RowType t -> {
                ObjectNode row = Json.object(TYPE, "row");
                row.set("fields", Json.array(t.fields(), TypeJson::field));
                yield row;
            }
        };
    }

    private static JsonNode field(Field field) {
        ObjectNode node = Json.object("name", field.name());
        node.set(TYPE, write(field.type()));
        return node.put("nullable", field.nullable());
    }

    static DataType read(JsonNode node) {
        return switch (Json.text(node, TYPE)) {
            case "boolean" -> DataType.BOOLEAN;
            case "integer" -> new IntegerType(Json.integer(node, "bits"));
            case "floating" -> new FloatingType(Json.integer(node, "bits"));
            case "decimal" -> new DecimalType(Json.integer(node, "precision"), Json.integer(node, "scale"));
            case "character" -> new CharacterType(Json.integer(node, "length"), Json.bool(node, "fixed"));
            case "binary" -> new BinaryType(Json.integer(node, "length"), Json.bool(node, "fixed"));
            case "date" -> DataType.DATE;
            case "time" -> new TimeType(Json.integer(node, "precision"));
            case "timestamp" -> new TimestampType(Json.integer(node, "precision"), Json.bool(node, "zoned"));
            case "interval" -> new IntervalType(Json.bool(node, "months"));
            case "array" -> new ArrayType(read(Json.get(node, "element")), Json.bool(node, "elementNullable"));
            case "map" ->
                new MapType(
                        read(Json.get(node, "key")), read(Json.get(node, "value")), Json.bool(node, "valueNullable"));
            case "row" -> row(node);
            default -> throw Json.corrupted("unknown type '" + Json.text(node, TYPE) + "'");
        };
    }

    static RowType row(JsonNode node) {
        return new RowType(Json.list(
                Json.get(node, "fields"),
                field -> new Field(
                        Json.text(field, "name"), read(Json.get(field, TYPE)), Json.bool(field, "nullable"))));
    }
}
