package io.millrace.connector.iceberg.scan;

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
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The fields of a table as columns: the reverse of how a delivery makes a table of its columns. */
public final class TableTypes {

    private TableTypes() {}

    /**
     * Returns the columns of fields.
     *
     * @throws MillraceException {@code UNSUPPORTED} where one has a type that there is none for
     */
    public static RowType columns(List<NestedField> fields) {
        List<Field> columns = new ArrayList<>();
        for (NestedField field : fields) {
            columns.add(new Field(field.name(), of(field.name(), field.type()), field.isOptional()));
        }
        return new RowType(columns);
    }

    static DataType of(NestedField field) {
        return of(field.name(), field.type());
    }

    private static DataType of(String name, Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> DataType.BOOLEAN;
            case INTEGER -> DataType.INTEGER;
            case LONG -> DataType.BIGINT;
            case FLOAT -> DataType.REAL;
            case DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> decimal((Types.DecimalType) type);
            case STRING, UUID -> DataType.VARCHAR;
            case BINARY, FIXED -> DataType.VARBINARY;
            case DATE -> DataType.DATE;
            case TIME -> DataType.TIME;
            case TIMESTAMP -> timestamp(((Types.TimestampType) type).shouldAdjustToUTC());
            case TIMESTAMP_NANO -> timestamp(((Types.TimestampNanoType) type).shouldAdjustToUTC());
            case LIST -> {
                Types.ListType list = type.asListType();
                yield new ArrayType(of(name, list.elementType()), list.isElementOptional());
            }
            case MAP -> {
                Types.MapType map = type.asMapType();
                yield new MapType(of(name, map.keyType()), of(name, map.valueType()), map.isValueOptional());
            }
            case STRUCT -> columns(type.asStructType().fields());
            default ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + name + "' is of Iceberg's type " + type + ", for which there is none here",
                        "name the columns that you want without it: CREATE EXTERNAL TABLE name (column type, …) FROM"
                                + " …");
        };
    }

    private static DataType decimal(Types.DecimalType type) {
        return new DecimalType(type.precision(), type.scale());
    }

    private static DataType timestamp(boolean zoned) {
        return zoned ? DataType.TIMESTAMP_WITH_TIME_ZONE : DataType.TIMESTAMP;
    }
}
