package io.millrace.sql.function;

import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** PostgreSQL's functions of regular expressions, with flags and places. */
public final class RegexFunctions {

    public static final SqlFunction LIKE = flagged("REGEXP_LIKE", Results.BOOLEAN);
    public static final SqlFunction MATCH = flagged("REGEXP_MATCH", Results.TEXTS_OR_NULL);

    /** It answers with rows in PostgreSQL, and stands in FROM as an array that is opened. */
    public static final SqlFunction MATCHES = flagged("REGEXP_MATCHES", Results.LISTS_OF_TEXTS);

    public static final SqlFunction SPLIT = flagged("REGEXP_SPLIT_TO_ARRAY", Results.TEXTS);
    public static final SqlFunction COUNT =
            of("REGEXP_COUNT", Results.INTEGER, optional(2, CHARACTER, CHARACTER, INTEGER, CHARACTER));
    public static final SqlFunction INSTR = of(
            "REGEXP_INSTR",
            Results.INTEGER,
            optional(2, CHARACTER, CHARACTER, INTEGER, INTEGER, INTEGER, CHARACTER, INTEGER));
    public static final SqlFunction SUBSTR = of(
            "REGEXP_SUBSTR",
            Results.TEXT_OR_NULL,
            optional(2, CHARACTER, CHARACTER, INTEGER, INTEGER, CHARACTER, INTEGER));
    public static final SqlFunction REPLACE = of(
            "REGEXP_REPLACE",
            Results.TEXT,
            OperandTypes.or(
                    OperandTypes.family(CHARACTER, CHARACTER, CHARACTER),
                    OperandTypes.family(CHARACTER, CHARACTER, CHARACTER, CHARACTER),
                    OperandTypes.family(CHARACTER, CHARACTER, CHARACTER, INTEGER),
                    OperandTypes.family(CHARACTER, CHARACTER, CHARACTER, INTEGER, INTEGER),
                    OperandTypes.family(CHARACTER, CHARACTER, CHARACTER, INTEGER, INTEGER, CHARACTER)));

    public static final List<SqlOperator> ALL = List.of(LIKE, MATCH, MATCHES, SPLIT, COUNT, INSTR, SUBSTR, REPLACE);

    private RegexFunctions() {}

    private static SqlFunction flagged(String name, SqlReturnTypeInference result) {
        return of(name, result, optional(2, CHARACTER, CHARACTER, CHARACTER));
    }

    private static SqlFunction of(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return SqlBasicFunction.create(name, result, arguments);
    }

    private static SqlOperandTypeChecker optional(int required, SqlTypeFamily... families) {
        return OperandTypes.family(List.of(families), place -> place >= required);
    }
}
