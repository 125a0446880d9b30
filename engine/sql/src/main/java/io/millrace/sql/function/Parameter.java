package io.millrace.sql.function;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/** What a function takes in one place. */
@SuppressWarnings("ImmutableEnumChecker") // types are
public enum Parameter {
    TEXT(SqlTypeFamily.CHARACTER, DataType.VARCHAR),
    INTEGER(SqlTypeFamily.INTEGER, DataType.INTEGER),
    BIGINT(SqlTypeFamily.INTEGER, DataType.BIGINT),
    DOUBLE(SqlTypeFamily.NUMERIC, DataType.DOUBLE),
    TIMESTAMP(SqlTypeFamily.DATETIME, DataType.TIMESTAMP),
    /** Binary, or text that stands for bytes as in a CAST. */
    BYTES(SqlTypeFamily.STRING, DataType.VARBINARY),
    /** Text or binary, as it comes. */
    STRING(SqlTypeFamily.STRING, null),
    NUMBER(SqlTypeFamily.NUMERIC, null),
    /** An integer or a decimal. */
    DECIMAL(SqlTypeFamily.EXACT_NUMERIC, null),
    /** An integer, as wide as it comes. */
    WHOLE(SqlTypeFamily.INTEGER, null),
    DATETIME(SqlTypeFamily.DATETIME, null),
    ANY(SqlTypeFamily.ANY, null),
    ARRAY(SqlTypeFamily.ARRAY, null);

    private final SqlTypeFamily family;
    private final @Nullable DataType type;

    Parameter(SqlTypeFamily family, @Nullable DataType type) {
        this.family = family;
        this.type = type;
    }

    SqlTypeFamily family() {
        return family;
    }

    /** Returns the type an argument is cast to, or null where it stays as it is. NULL has no type of its own. */
    public @Nullable DataType type(Expression argument) {
        boolean untyped = argument instanceof Literal literal && literal.value() == null;
        if (untyped && (this == DECIMAL || this == WHOLE)) {
            return DataType.INTEGER;
        }
        return untyped && this == NUMBER ? DataType.DOUBLE : type;
    }
}
