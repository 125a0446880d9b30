package io.millrace.sql.function;

import org.apache.calcite.rel.type.RelDataType;
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

    /** An array of texts none of which is NULL. */
    static final SqlReturnTypeInference TEXTS = ((SqlReturnTypeInference)
                    call -> array(call, call.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)))
            .andThen(SqlTypeTransforms.TO_NULLABLE);

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
