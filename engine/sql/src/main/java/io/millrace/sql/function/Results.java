package io.millrace.sql.function;

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

    /** May be NULL even where no argument is. */
    static final SqlReturnTypeInference TEXT_OR_NULL =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);

    static final SqlReturnTypeInference NOW = ReturnTypes.explicit(SqlTypeName.TIMESTAMP);

    private Results() {}

    private static SqlReturnTypeInference nullable(SqlTypeName name) {
        return ReturnTypes.explicit(name).andThen(SqlTypeTransforms.TO_NULLABLE);
    }
}
