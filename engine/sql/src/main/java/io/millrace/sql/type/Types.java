package io.millrace.sql.type;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Turns our types into Calcite's and back. Both ways lose nothing. */
public final class Types {

    private Types() {}

    public static RelDataType toCalcite(DataType type, boolean nullable, MillraceTypeFactory factory) {
        if (type instanceof RowType row) {
            return factory.createRowType(fields(row.fields(), factory), nullable);
        }
        return factory.createTypeWithNullability(bare(type, factory), nullable);
    }

    /** Returns the type of a relation with these columns. */
    public static RelDataType relation(List<Field> columns, MillraceTypeFactory factory) {
        return factory.createStructType(StructKind.FULLY_QUALIFIED, types(columns, factory), names(columns));
    }

    private static List<RelDataType> types(List<Field> fields, MillraceTypeFactory factory) {
        return fields.stream()
                .map(field -> toCalcite(field.type(), field.nullable(), factory))
                .toList();
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::name).toList();
    }

    private static List<RelDataTypeField> fields(List<Field> fields, MillraceTypeFactory factory) {
        List<RelDataTypeField> result = new ArrayList<>();
        for (Field field : fields) {
            result.add(new RelDataTypeFieldImpl(
                    field.name(), result.size(), toCalcite(field.type(), field.nullable(), factory)));
        }
        return result;
    }

    private static RelDataType bare(DataType type, MillraceTypeFactory factory) {
        return switch (type) {
            case BooleanType t -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case IntegerType t ->
                factory.createSqlType(
                        switch (t.bits()) {
                            case 8 -> SqlTypeName.TINYINT;
                            case 16 -> SqlTypeName.SMALLINT;
                            case 32 -> SqlTypeName.INTEGER;
                            default -> SqlTypeName.BIGINT;
                        });
            case FloatingType t -> factory.createSqlType(t.bits() == 32 ? SqlTypeName.REAL : SqlTypeName.DOUBLE);
            case DecimalType t -> factory.createSqlType(SqlTypeName.DECIMAL, t.precision(), t.scale());
            case CharacterType t when t.fixed() -> factory.createFixedCharacterType(t.length());
            case CharacterType t -> sized(SqlTypeName.VARCHAR, t.length(), factory);
            case BinaryType t -> sized(t.fixed() ? SqlTypeName.BINARY : SqlTypeName.VARBINARY, t.length(), factory);
            case DateType t -> factory.createSqlType(SqlTypeName.DATE);
            case TimeType t -> factory.createSqlType(SqlTypeName.TIME, t.precision());
            case TimestampType t ->
                factory.createSqlType(
                        t.zoned() ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE : SqlTypeName.TIMESTAMP, t.precision());
            case IntervalType t -> factory.createSqlIntervalType(interval(t));
            case ArrayType t -> factory.createArrayType(toCalcite(t.element(), t.elementNullable(), factory), -1);
            case MapType t ->
                factory.createMapType(
                        toCalcite(t.key(), false, factory), toCalcite(t.value(), t.valueNullable(), factory));
            case RowType t -> throw new IllegalStateException("row types are made with their nullability");
        };
    }

    private static SqlIntervalQualifier interval(IntervalType type) {
        return type.months()
                ? new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO)
                : new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);
    }

    private static RelDataType sized(SqlTypeName name, int length, MillraceTypeFactory factory) {
        return length == DataType.UNBOUNDED ? factory.createSqlType(name) : factory.createSqlType(name, length);
    }

    public static Field field(RelDataTypeField field) {
        return new Field(
                field.getName(), fromCalcite(field.getType()), field.getType().isNullable());
    }

    public static RowType row(RelDataType type) {
        return new RowType(type.getFieldList().stream().map(Types::field).toList());
    }

    public static DataType fromCalcite(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        return switch (name) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INTEGER;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.REAL;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> new DecimalType(Math.max(1, type.getPrecision()), type.getScale());
            case CHAR, VARCHAR -> new CharacterType(length(type), name == SqlTypeName.CHAR);
            case BINARY, VARBINARY -> new BinaryType(length(type), name == SqlTypeName.BINARY);
            case DATE -> DataType.DATE;
            case TIME -> new TimeType(type.getPrecision());
            case TIMESTAMP -> new TimestampType(type.getPrecision(), false);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> new TimestampType(type.getPrecision(), true);
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> new IntervalType(true);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> new IntervalType(false);
            case ARRAY, MULTISET -> array(Objects.requireNonNull(type.getComponentType()));
            case MAP -> map(Objects.requireNonNull(type.getKeyType()), Objects.requireNonNull(type.getValueType()));
            case ROW, STRUCTURED -> row(type);
            // A bare NULL: any type will do, and text converts to all of them.
            case NULL, UNKNOWN -> DataType.VARCHAR;
            default ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "type " + type + " is not supported",
                        "use one of BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, CHAR, VARCHAR,"
                                + " BINARY, VARBINARY, DATE, TIME, TIMESTAMP, ARRAY, MAP, ROW");
        };
    }

    private static ArrayType array(RelDataType element) {
        return new ArrayType(fromCalcite(element), element.isNullable());
    }

    private static MapType map(RelDataType key, RelDataType value) {
        return new MapType(fromCalcite(key), fromCalcite(value), value.isNullable());
    }

    private static int length(RelDataType type) {
        int precision = type.getPrecision();
        return precision == RelDataType.PRECISION_NOT_SPECIFIED ? DataType.UNBOUNDED : precision;
    }
}
