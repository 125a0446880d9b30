package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Actions as rows of a checkpoint: a column for each kind, NULL in all rows of the other kinds. */
final class CheckpointRows {

    private static final DataType TEXTS_BY_TEXT = new MapType(DataType.VARCHAR, DataType.VARCHAR, true);
    private static final DataType TEXTS = new ArrayType(DataType.VARCHAR, true);

    private static final RowType DELETED = row(
            "storageType", DataType.VARCHAR,
            "pathOrInlineDv", DataType.VARCHAR,
            "offset", DataType.INTEGER,
            "sizeInBytes", DataType.INTEGER,
            "cardinality", DataType.BIGINT);

    static final RowType TYPE = row(
            "txn",
            row("appId", DataType.VARCHAR, "version", DataType.BIGINT, "lastUpdated", DataType.BIGINT),
            "add",
            row(
                    "path", DataType.VARCHAR,
                    "partitionValues", TEXTS_BY_TEXT,
                    "size", DataType.BIGINT,
                    "modificationTime", DataType.BIGINT,
                    "dataChange", DataType.BOOLEAN,
                    "stats", DataType.VARCHAR,
                    "tags", TEXTS_BY_TEXT,
                    "deletionVector", DELETED,
                    "baseRowId", DataType.BIGINT,
                    "defaultRowCommitVersion", DataType.BIGINT,
                    "clusteringProvider", DataType.VARCHAR),
            "remove",
            row(
                    "path", DataType.VARCHAR,
                    "deletionTimestamp", DataType.BIGINT,
                    "dataChange", DataType.BOOLEAN,
                    "extendedFileMetadata", DataType.BOOLEAN,
                    "partitionValues", TEXTS_BY_TEXT,
                    "size", DataType.BIGINT,
                    "deletionVector", DELETED,
                    "baseRowId", DataType.BIGINT,
                    "defaultRowCommitVersion", DataType.BIGINT),
            "metaData",
            row(
                    "id", DataType.VARCHAR,
                    "name", DataType.VARCHAR,
                    "description", DataType.VARCHAR,
                    "format", row("provider", DataType.VARCHAR, "options", TEXTS_BY_TEXT),
                    "schemaString", DataType.VARCHAR,
                    "partitionColumns", TEXTS,
                    "configuration", TEXTS_BY_TEXT,
                    "createdTime", DataType.BIGINT),
            "protocol",
            row(
                    "minReaderVersion",
                    DataType.INTEGER,
                    "minWriterVersion",
                    DataType.INTEGER,
                    "readerFeatures",
                    TEXTS,
                    "writerFeatures",
                    TEXTS),
            "domainMetadata",
            row("domain", DataType.VARCHAR, "configuration", DataType.VARCHAR, "removed", DataType.BOOLEAN));

    private CheckpointRows() {}

    /** Returns a type of fields that may all be NULL, given by names and types in turn. */
    private static RowType row(Object... fields) {
        List<Field> all = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.add(Field.nullable((String) fields[i], (DataType) fields[i + 1]));
        }
        return new RowType(all);
    }

    /** Returns a row for an action, as Java objects. */
    static List<@Nullable Object> row(String kind, JsonNode content) {
        @Nullable Object[] row = new Object[TYPE.size()];
        for (int i = 0; i < row.length; i++) {
            Field field = TYPE.field(i);
            if (field.name().equals(kind)) {
                row[i] = value(field.type(), content);
            }
        }
        return Arrays.asList(row);
    }

    private static @Nullable Object value(DataType type, JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        return switch (type) {
            case BooleanType t -> json.asBoolean();
            case IntegerType t when t.bits() == 64 -> json.asLong();
            case IntegerType t -> json.asInt();
            case ArrayType t -> {
                List<@Nullable Object> values = new ArrayList<>();
                json.forEach(element -> values.add(value(t.element(), element)));
                yield values;
            }
            case MapType t -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                json.properties().forEach(entry -> values.put(entry.getKey(), value(t.value(), entry.getValue())));
                yield values;
            }
            case RowType t -> {
                List<@Nullable Object> values = new ArrayList<>();
                t.fields().forEach(field -> values.add(value(field.type(), json.path(field.name()))));
                yield values;
            }
            default -> json.asText();
        };
    }

    /** Returns a value of a file as JSON; what of a row is NULL is left out. */
    static JsonNode json(DataType type, @Nullable Object value) {
        return switch (value) {
            case null -> NullNode.getInstance();
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case List<?> values when type instanceof RowType row -> object(row, values);
            case List<?> values
            when type instanceof ArrayType array -> {
                ArrayNode json = Json.array();
                values.forEach(element -> json.add(json(array.element(), element)));
                yield json;
            }
            case Map<?, ?> values
            when type instanceof MapType map -> {
                ObjectNode json = Json.object();
                values.forEach((key, one) -> json.set(String.valueOf(key), json(map.value(), one)));
                yield json;
            }
            default -> TextNode.valueOf(value.toString());
        };
    }

    private static ObjectNode object(RowType type, List<?> values) {
        ObjectNode json = Json.object();
        for (int i = 0; i < type.size(); i++) {
            if (values.get(i) != null) {
                json.set(type.field(i).name(), json(type.field(i).type(), values.get(i)));
            }
        }
        return json;
    }
}
