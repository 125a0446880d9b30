package io.millrace.sql.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** PostgreSQL's functions of arrays, whose elements and other arguments become of one type. */
public final class ArrayFunctions {

    private static final SqlTypeFamily ARRAY = SqlTypeFamily.ARRAY;
    private static final SqlTypeFamily ANY = SqlTypeFamily.ANY;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;

    public static final SqlFunction APPEND = of("ARRAY_APPEND", ArrayFunctions::elements, family(ARRAY, ANY));
    public static final SqlFunction PREPEND = of("ARRAY_PREPEND", ArrayFunctions::elements, family(ANY, ARRAY));
    public static final SqlFunction CAT = of("ARRAY_CAT", orNull(ArrayFunctions::elements), family(ARRAY, ARRAY));
    public static final SqlFunction REMOVE = of("ARRAY_REMOVE", orNull(ArrayFunctions::elements), family(ARRAY, ANY));
    public static final SqlFunction REPLACE =
            of("ARRAY_REPLACE", orNull(ArrayFunctions::elements), family(ARRAY, ANY, ANY));
    public static final SqlFunction POSITION = of(
            "ARRAY_POSITION",
            orNull(ReturnTypes.INTEGER),
            OperandTypes.or(family(ARRAY, ANY), family(ARRAY, ANY, INTEGER)));
    public static final SqlFunction POSITIONS =
            of("ARRAY_POSITIONS", orNull(ArrayFunctions::places), family(ARRAY, ANY));
    public static final SqlFunction FILL = of("ARRAY_FILL", ArrayFunctions::elements, family(ANY, ARRAY));
    public static final SqlFunction CONTAINS_ALL = of("ARRAY_CONTAINS_ALL", Results.BOOLEAN, family(ARRAY, ARRAY));
    public static final SqlFunction OVERLAPS = of("ARRAY_OVERLAPS", Results.BOOLEAN, family(ARRAY, ARRAY));
    public static final SqlFunction TRIM = of("TRIM_ARRAY", Results.SHIFTED, family(ARRAY, INTEGER));
    public static final SqlFunction SLICE = of("ARRAY_SLICE", Results.SHIFTED, family(ARRAY, INTEGER, INTEGER));
    public static final SqlFunction LENGTH = bound("ARRAY_LENGTH");
    public static final SqlFunction UPPER = bound("ARRAY_UPPER");
    public static final SqlFunction LOWER = bound("ARRAY_LOWER");
    public static final SqlFunction NULLS = counting("NUM_NULLS");
    public static final SqlFunction NON_NULLS = counting("NUM_NONNULLS");

    /** An array without elements, of the type of its argument, which is NULL. What the validator writes, and no user. */
    public static final SqlOperator EMPTY = new SqlPrefixOperator(
            "EMPTY_ARRAY",
            SqlKind.OTHER,
            0,
            ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_NOT_NULLABLE),
            null,
            OperandTypes.ANY);

    public static final List<SqlOperator> ALL = List.of(
            APPEND,
            PREPEND,
            CAT,
            REMOVE,
            REPLACE,
            POSITION,
            POSITIONS,
            FILL,
            CONTAINS_ALL,
            OVERLAPS,
            TRIM,
            SLICE,
            LENGTH,
            UPPER,
            LOWER,
            NULLS,
            NON_NULLS);

    private ArrayFunctions() {}

    private static SqlFunction of(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return SqlBasicFunction.create(name, result, arguments);
    }

    private static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }

    /** Of an array and the number of a dimension, of which there is one. */
    private static SqlFunction bound(String name) {
        return of(name, orNull(ReturnTypes.INTEGER), family(ARRAY, INTEGER));
    }

    private static SqlFunction counting(String name) {
        SqlOperandCountRange some = SqlOperandCountRanges.from(1);
        return of(name, ReturnTypes.INTEGER, OperandTypes.repeat(some, OperandTypes.ANY));
    }

    private static SqlReturnTypeInference orNull(SqlReturnTypeInference result) {
        return result.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    private static RelDataType places(SqlOperatorBinding call) {
        RelDataTypeFactory factory = call.getTypeFactory();
        return factory.createArrayType(factory.createSqlType(SqlTypeName.INTEGER), -1);
    }

    /** An array of the type that all elements, and what is put among them, can have; sizes of an array are none of them. */
    private static RelDataType elements(SqlOperatorBinding call) {
        boolean fills = call.getOperator().getName().equals("ARRAY_FILL");
        List<RelDataType> types = new ArrayList<>();
        for (int i = 0; i < (fills ? 1 : call.getOperandCount()); i++) {
            RelDataType type = call.getOperandType(i);
            RelDataType element = type.getComponentType();
            boolean whole = fills || element == null;
            types.add(whole ? type : element);
        }
        RelDataTypeFactory factory = call.getTypeFactory();
        RelDataType common = factory.leastRestrictive(types);
        if (common == null) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    call.getOperator().getName() + " of elements of different types",
                    "convert them: CAST(… AS type)");
        }
        return factory.createArrayType(factory.createTypeWithNullability(common, true), -1);
    }
}
