package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table's columns as those of a query: the reverse of {@link TableSchema}. */
final class TableColumns {

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), ?(-?\\d+)\\)");
    private static final String PHYSICAL = "delta.columnMapping.physicalName";

    private TableColumns() {}

    /**
     * Returns the columns as the table names them.
     *
     * @throws MillraceException {@code UNSUPPORTED} where one has a type that there is none for
     */
    static RowType of(TableState state) {
        return struct(state.schema(), false);
    }

    /** Returns the columns as files name them, in the same order. */
    static RowType inFiles(TableState state) {
        return struct(
                state.schema(), !state.property("delta.columnMapping.mode").isEmpty());
    }

    private static RowType struct(JsonNode struct, boolean mapped) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : struct.path("fields")) {
            String name = field.path("name").asText();
            String known = mapped ? field.path("metadata").path(PHYSICAL).asText(name) : name;
            fields.add(new Field(
                    known,
                    type(name, field.path("type"), mapped),
                    field.path("nullable").asBoolean(true)));
        }
        return new RowType(fields);
    }

    private static DataType type(String column, JsonNode type, boolean mapped) {
        if (type.isTextual()) {
            return primitive(column, type.asText());
        }
        return switch (type.path("type").asText()) {
            case "struct" -> struct(type, mapped);
            case "array" ->
                new ArrayType(
                        type(column, type.path("elementType"), mapped),
                        type.path("containsNull").asBoolean(true));
            case "map" ->
                new MapType(
                        type(column, type.path("keyType"), mapped),
                        type(column, type.path("valueType"), mapped),
                        type.path("valueContainsNull").asBoolean(true));
            default -> throw unsupported(column, type.toString());
        };
    }

    private static DataType primitive(String column, String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new DecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (type) {
            case "boolean" -> DataType.BOOLEAN;
            case "byte" -> DataType.TINYINT;
            case "short" -> DataType.SMALLINT;
            case "integer" -> DataType.INTEGER;
            case "long" -> DataType.BIGINT;
            case "float" -> DataType.REAL;
            case "double" -> DataType.DOUBLE;
            case "string" -> DataType.VARCHAR;
            case "binary" -> DataType.VARBINARY;
            case "date" -> DataType.DATE;
            case "timestamp" -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            case "timestamp_ntz" -> DataType.TIMESTAMP;
            default -> throw unsupported(column, type);
        };
    }

    private static MillraceException unsupported(String column, String type) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "column '" + column + "' is of Delta's type " + type + ", for which there is none here",
                "have the table's writer make a copy without it");
    }
}
