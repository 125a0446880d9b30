package io.millrace.format.orc;

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
import java.util.HashSet;
import java.util.Set;
import org.apache.orc.TypeDescription;

/**
 * The schema of a file for a row type. What ORC has no form for, NOT NULL and times of day, is said in attributes
 * of the names that Iceberg gives them.
 */
final class WriteSchema {

    static final String REQUIRED = "iceberg.required";
    static final String LONG_TYPE = "iceberg.long-type";
    static final String TIME = "TIME";

    /** Spark 4.0 knows no times with a zone in ORC, and fails, but where this attribute says what type of its own one is. */
    static final String SPARK_TYPE = "spark.sql.catalyst.type";

    private static final String SPARK_INSTANT = "timestamp";

    /** What Spark says of times without a zone, which it writes as whole numbers of microseconds. */
    static final String SPARK_WALL = "timestamp_ntz";

    /** The longest VARCHAR and CHAR that Hive, whose types these are, has. */
    static final int VARCHAR_LENGTH_MAX = 65_535;

    static final int CHAR_LENGTH_MAX = 255;

    private WriteSchema() {}

    static TypeDescription of(RowType type) {
        return struct("a row", type);
    }

    private static TypeDescription struct(String owner, RowType type) {
        if (type.size() == 0) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, owner + " has no fields, which ORC has no form for", "give it a column");
        }
        Set<String> names = new HashSet<>();
        TypeDescription struct = TypeDescription.createStruct();
        for (Field field : type.fields()) {
            if (!names.add(field.name())) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "two columns are named '" + field.name() + "', which ORC has no form for",
                        "rename one of them with AS");
            }
            struct.addField(field.name(), type(field.name(), field.type(), field.nullable()));
        }
        return struct;
    }

    private static TypeDescription type(String name, DataType type, boolean nullable) {
        TypeDescription form = switch (type) {
            case ArrayType t -> TypeDescription.createList(type(name + ".element", t.element(), t.elementNullable()));
            case MapType t ->
                TypeDescription.createMap(
                        type(name + ".key", t.key(), false), type(name + ".value", t.value(), t.valueNullable()));
            case RowType t -> struct("column '" + name + "'", t);
            default -> single(name, type);
        };
        return nullable ? form : form.setAttribute(REQUIRED, "true");
    }

    private static TypeDescription single(String name, DataType type) {
        return switch (type) {
            case BooleanType t -> TypeDescription.createBoolean();
            case IntegerType t -> integer(t);
            case FloatingType t -> t.bits() == 64 ? TypeDescription.createDouble() : TypeDescription.createFloat();
            case DecimalType t ->
                // The scale goes first down to 0: a precision below the scale there is would be refused.
                TypeDescription.createDecimal()
                        .withScale(0)
                        .withPrecision(t.precision())
                        .withScale(t.scale());
            case CharacterType t -> text(t);
            case BinaryType t -> TypeDescription.createBinary();
            case DateType t -> TypeDescription.createDate();
            case TimeType t -> TypeDescription.createLong().setAttribute(LONG_TYPE, TIME);
            case TimestampType t ->
                t.zoned()
                        ? TypeDescription.createTimestampInstant().setAttribute(SPARK_TYPE, SPARK_INSTANT)
                        : TypeDescription.createTimestamp();
            case IntervalType t ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + name + "' is an interval, which ORC has no form for",
                        "cast it to BIGINT or VARCHAR");
            case ArrayType t -> throw new IllegalArgumentException("not a single value: " + t);
            case MapType t -> throw new IllegalArgumentException("not a single value: " + t);
            case RowType t -> throw new IllegalArgumentException("not a single value: " + t);
        };
    }

    private static TypeDescription integer(IntegerType type) {
        return switch (type.bits()) {
            case 8 -> TypeDescription.createByte();
            case 16 -> TypeDescription.createShort();
            case 32 -> TypeDescription.createInt();
            default -> TypeDescription.createLong();
        };
    }

    private static TypeDescription text(CharacterType type) {
        if (type.fixed() && type.length() <= CHAR_LENGTH_MAX) {
            return TypeDescription.createChar().withMaxLength(type.length());
        }
        if (!type.fixed() && type.length() <= VARCHAR_LENGTH_MAX) {
            return TypeDescription.createVarchar().withMaxLength(type.length());
        }
        return TypeDescription.createString();
    }
}
