package io.millrace.format.avro;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Makes the tree for a schema, whoever wrote it. */
final class Nodes {

    /** A schema may contain itself; rows cannot. */
    private static final int DEPTH_MAX = 64;

    private Nodes() {}

    static RecordNode record(String path, Schema schema) {
        List<String> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            String given = field.getProp(WriteSchema.COLUMN_NAME);
            String name = given == null ? field.name() : given;
            names.add(name);
            nodes.add(of(path.isEmpty() ? name : path + "." + name, field.schema()));
        }
        return new RecordNode(path, names, nodes);
    }

    static Node of(String path, Schema schema) {
        if (path.chars().filter(c -> c == '.').count() > DEPTH_MAX) {
            throw unsupported(path, schema, "it contains itself, or is nested too deeply");
        }
        return switch (schema.getType()) {
            case UNION -> union(path, schema);
            case RECORD -> record(path, schema);
            case ARRAY -> array(path, schema);
            case MAP -> map(path, schema);
            case BYTES, FIXED -> bytes(path, schema);
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, ENUM -> ScalarNode.of(path, schema);
            case NULL -> throw unsupported(path, schema, "it has no values");
        };
    }

    private static Node union(String path, Schema schema) {
        List<Schema> types = schema.getTypes();
        int nullIndex = types.size() != 2 ? -1 : isNull(types.get(0)) ? 0 : isNull(types.get(1)) ? 1 : -1;
        if (nullIndex < 0) {
            throw unsupported(path, schema, "only unions of null and one other type are columns");
        }
        return new NullableNode(path, of(path, types.get(1 - nullIndex)), nullIndex);
    }

    private static boolean isNull(Schema schema) {
        return schema.getType() == Schema.Type.NULL;
    }

    private static Node array(String path, Schema schema) {
        Node element = of(path + ".element", schema.getElementType());
        if ("map".equals(schema.getProp(WriteSchema.LOGICAL_TYPE))
                && element.type() instanceof RowType entry
                && entry.size() == 2
                && !entry.field(0).nullable()) {
            return new ArrayNode(
                    path,
                    new MapType(
                            entry.field(0).type(),
                            entry.field(1).type(),
                            entry.field(1).nullable()),
                    element);
        }
        return new ArrayNode(path, new ArrayType(element.type(), element.nullable()), element);
    }

    private static Node map(String path, Schema schema) {
        Node value = of(path + ".value", schema.getValueType());
        Node entry = new RecordNode(path, List.of("key", "value"), List.of(ScalarNode.text(path + ".key"), value));
        return new ArrayNode(path, new MapType(DataType.VARCHAR, value.type(), value.nullable()), entry);
    }

    private static Node bytes(String path, Schema schema) {
        LogicalType logical = schema.getLogicalType();
        int fixed = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
        if (logical instanceof LogicalTypes.Decimal decimal) {
            if (decimal.getPrecision() > DataType.DECIMAL_PRECISION_MAX) {
                throw unsupported(path, schema, "it has more than " + DataType.DECIMAL_PRECISION_MAX + " digits");
            }
            return new DecimalNode(path, new DecimalType(decimal.getPrecision(), decimal.getScale()), fixed);
        }
        return ScalarNode.bytes(path, fixed);
    }

    static MillraceException unsupported(String path, Schema schema, String why) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "field '" + path + "' of the Avro file cannot be a column: " + why,
                "its type is " + schema.getType().getName());
    }
}
