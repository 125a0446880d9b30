package io.millrace.sql.function;

import io.millrace.plan.expression.NumberPattern;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Result types of functions: NULL where an argument is, unless said otherwise. */
final class Results {

    static final SqlReturnTypeInference TEXT = nullable(SqlTypeName.VARCHAR);
    static final SqlReturnTypeInference INTEGER = nullable(SqlTypeName.INTEGER);
    static final SqlReturnTypeInference BIGINT = nullable(SqlTypeName.BIGINT);
    static final SqlReturnTypeInference DOUBLE = nullable(SqlTypeName.DOUBLE);
    static final SqlReturnTypeInference BOOLEAN = nullable(SqlTypeName.BOOLEAN);
    static final SqlReturnTypeInference TIMESTAMP = nullable(SqlTypeName.TIMESTAMP);
    static final SqlReturnTypeInference DATE = nullable(SqlTypeName.DATE);
    static final SqlReturnTypeInference TIME = nullable(SqlTypeName.TIME);

    /** An array of texts none of which is NULL. */
    static final SqlReturnTypeInference TEXTS = ((SqlReturnTypeInference)
                    call -> array(call, call.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)))
            .andThen(SqlTypeTransforms.TO_NULLABLE);

    /** An array of texts of which some may be NULL where a third argument says which; no separator is no NULL. */
    static final SqlReturnTypeInference PARTS = Results::parts;

    /** An array of texts, or NULL where there is nothing to give. */
    static final SqlReturnTypeInference TEXTS_OR_NULL =
            ((SqlReturnTypeInference) Results::nullableTexts).andThen(SqlTypeTransforms.FORCE_NULLABLE);

    /** An array of such arrays. */
    static final SqlReturnTypeInference LISTS_OF_TEXTS =
            ((SqlReturnTypeInference) call -> array(call, nullableTexts(call))).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** A whole number of up to 38 digits. */
    static final SqlReturnTypeInference WHOLE_DECIMAL = ((SqlReturnTypeInference)
                    call -> call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, DataType.DECIMAL_PRECISION_MAX, 0))
            .andThen(SqlTypeTransforms.TO_NULLABLE);

    /** The type that has all values of the arguments'. */
    static final SqlReturnTypeInference COMMON = ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE);

    static final SqlReturnTypeInference SHIFTED = ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_NULLABLE);

    static final SqlReturnTypeInference BYTES = nullable(SqlTypeName.VARBINARY);

    /** A number of the digits that the second argument, a pattern, has. */
    static final SqlReturnTypeInference READ_NUMBER =
            ((SqlReturnTypeInference) Results::readNumber).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** An array of what the first argument is: a time or a whole number. */
    static final SqlReturnTypeInference SERIES =
            ((SqlReturnTypeInference) Results::series).andThen(SqlTypeTransforms.TO_NULLABLE);

    /** May be NULL even where no argument is. */
    static final SqlReturnTypeInference TEXT_OR_NULL =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);

    /** Of a second argument that is a timestamp the type with a zone, and of all else the one without. */
    static final SqlReturnTypeInference TURNED_TIMESTAMP =
            ((SqlReturnTypeInference) Results::turned).andThen(SqlTypeTransforms.TO_NULLABLE);

    static final SqlReturnTypeInference NOW = ReturnTypes.explicit(SqlTypeName.TIMESTAMP);

    private Results() {}

    private static RelDataType nullableTexts(SqlOperatorBinding call) {
        RelDataTypeFactory factory = call.getTypeFactory();
        return array(call, factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true));
    }

    private static RelDataType parts(SqlOperatorBinding call) {
        RelDataTypeFactory factory = call.getTypeFactory();
        RelDataType parts = call.getOperandCount() > 2
                ? nullableTexts(call)
                : array(call, factory.createSqlType(SqlTypeName.VARCHAR));
        return factory.createTypeWithNullability(parts, call.getOperandType(0).isNullable());
    }

    /** A pattern that is none is refused later, in better words. */
    private static RelDataType readNumber(SqlOperatorBinding call) {
        int digits = 1;
        int fraction = 0;
        if (call.isOperandLiteral(1, false)) {
            try {
                NumberPattern pattern =
                        NumberPattern.of(Objects.requireNonNull(call.getOperandLiteralValue(1, String.class)));
                digits = pattern.whole() + pattern.fraction() + pattern.shift();
                fraction = pattern.fraction() + pattern.shift();
            } catch (RowFailure e) {
                digits = 1;
            }
        }
        boolean possible = digits >= 1 && digits <= DataType.DECIMAL_PRECISION_MAX;
        return possible
                ? call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, digits, fraction)
                : call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, DataType.DECIMAL_PRECISION_MAX, 0);
    }

    private static RelDataType series(SqlOperatorBinding call) {
        boolean numbers = SqlTypeName.INT_TYPES.contains(call.getOperandType(0).getSqlTypeName());
        return array(call, call.getTypeFactory().createSqlType(numbers ? SqlTypeName.BIGINT : SqlTypeName.TIMESTAMP));
    }

    private static RelDataType array(SqlOperatorBinding call, RelDataType element) {
        return call.getTypeFactory().createArrayType(element, -1);
    }

    private static RelDataType turned(SqlOperatorBinding call) {
        RelDataType time = call.getOperandType(1);
        boolean plain = time.getSqlTypeName() == SqlTypeName.TIMESTAMP;
        boolean zoned = time.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        SqlTypeName name = plain ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE : SqlTypeName.TIMESTAMP;
        return plain || zoned
                ? call.getTypeFactory().createSqlType(name, time.getPrecision())
                : call.getTypeFactory().createSqlType(name);
    }

    private static SqlReturnTypeInference nullable(SqlTypeName name) {
        return ReturnTypes.explicit(name).andThen(SqlTypeTransforms.TO_NULLABLE);
    }
}
