package io.millrace.sql.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Every operator and function a statement can name. A name that is not here does not exist, so that nothing
 * passes the validator only to fail later.
 */
public final class Operators {

    public static final SqlOperatorTable TABLE = new OperatorIndex(all());

    private Operators() {}

    private static List<SqlOperator> all() {
        List<SqlOperator> operators = new ArrayList<>(standard());
        Builtins.ALL.forEach(builtin -> operators.add(builtin.operator()));
        operators.addAll(SpecialFunctions.ALL);
        operators.addAll(ComposedFunctions.ALL);
        operators.addAll(RegexFunctions.ALL);
        operators.addAll(ArrayFunctions.ALL);
        operators.add(ArrayFunctions.EMPTY);
        operators.add(new MakeInterval());
        AggregateFunctions.operators().forEach(operators::add);
        operators.addAll(OverFunctions.ALL);
        operators.addAll(MatchFunctions.ALL);
        operators.addAll(WindowFunctions.ALL);
        operators.addAll(JsonOperators.ALL);
        return operators;
    }

    private static List<SqlOperator> standard() {
        return List.of(
                SqlStdOperatorTable.AND,
                SqlStdOperatorTable.OR,
                SqlStdOperatorTable.NOT,
                SqlStdOperatorTable.IS_NULL,
                SqlStdOperatorTable.IS_NOT_NULL,
                SqlStdOperatorTable.IS_TRUE,
                SqlStdOperatorTable.IS_FALSE,
                SqlStdOperatorTable.IS_NOT_TRUE,
                SqlStdOperatorTable.IS_NOT_FALSE,
                SqlStdOperatorTable.IS_UNKNOWN,
                SqlStdOperatorTable.IS_NOT_UNKNOWN,
                SqlStdOperatorTable.IS_DISTINCT_FROM,
                SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                SqlStdOperatorTable.EQUALS,
                SqlStdOperatorTable.NOT_EQUALS,
                SqlStdOperatorTable.LESS_THAN,
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                SqlStdOperatorTable.GREATER_THAN,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                SqlStdOperatorTable.BETWEEN,
                SqlStdOperatorTable.NOT_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_BETWEEN,
                SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
                SqlStdOperatorTable.IN,
                SqlStdOperatorTable.NOT_IN,
                SqlStdOperatorTable.LIKE,
                SqlStdOperatorTable.NOT_LIKE,
                SqlStdOperatorTable.SIMILAR_TO,
                SqlStdOperatorTable.NOT_SIMILAR_TO,
                SqlLibraryOperators.ILIKE,
                SqlLibraryOperators.NOT_ILIKE,
                SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE,
                SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE,
                SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE,
                SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE,
                SqlStdOperatorTable.PLUS,
                SqlStdOperatorTable.MINUS,
                SqlStdOperatorTable.MULTIPLY,
                SqlStdOperatorTable.DIVIDE,
                SqlStdOperatorTable.PERCENT_REMAINDER,
                SqlStdOperatorTable.MOD,
                SqlStdOperatorTable.UNARY_MINUS,
                SqlStdOperatorTable.UNARY_PLUS,
                SqlStdOperatorTable.CONCAT,
                SqlStdOperatorTable.CASE,
                SqlStdOperatorTable.COALESCE,
                SqlStdOperatorTable.NULLIF,
                SqlLibraryOperators.NVL,
                SqlLibraryOperators.IFNULL,
                SqlLibraryOperators.IF,
                SqlStdOperatorTable.CAST,
                SqlLibraryOperators.SAFE_CAST,
                SqlLibraryOperators.TRY_CAST,
                SqlStdOperatorTable.FLOOR,
                SqlStdOperatorTable.CEIL,
                SqlStdOperatorTable.EXTRACT,
                SqlStdOperatorTable.YEAR,
                SqlStdOperatorTable.QUARTER,
                SqlStdOperatorTable.MONTH,
                SqlStdOperatorTable.WEEK,
                SqlStdOperatorTable.HOUR,
                SqlStdOperatorTable.MINUTE,
                SqlStdOperatorTable.SECOND,
                SqlStdOperatorTable.DAYOFMONTH,
                SqlStdOperatorTable.DAYOFWEEK,
                SqlStdOperatorTable.DAYOFYEAR,
                SqlStdOperatorTable.TIMESTAMP_ADD,
                SqlStdOperatorTable.TIMESTAMP_DIFF,
                SqlStdOperatorTable.MINUS_DATE,
                SqlStdOperatorTable.INTERVAL,
                SqlStdOperatorTable.TRIM,
                SqlStdOperatorTable.POSITION,
                SqlStdOperatorTable.OVERLAY,
                SqlStdOperatorTable.ROW,
                SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR,
                SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR,
                SqlStdOperatorTable.ITEM,
                SqlStdOperatorTable.DOT,
                SqlStdOperatorTable.CARDINALITY,
                SqlStdOperatorTable.JSON_VALUE_EXPRESSION,
                SqlStdOperatorTable.JSON_VALUE,
                SqlStdOperatorTable.JSON_QUERY,
                SqlStdOperatorTable.JSON_EXISTS,
                SqlStdOperatorTable.AS,
                SqlStdOperatorTable.DESC,
                SqlStdOperatorTable.NULLS_FIRST,
                SqlStdOperatorTable.NULLS_LAST,
                SqlStdOperatorTable.FILTER,
                SqlStdOperatorTable.IGNORE_NULLS,
                SqlStdOperatorTable.RESPECT_NULLS,
                SqlStdOperatorTable.VALUES,
                SqlStdOperatorTable.DESCRIPTOR,
                SqlStdOperatorTable.EXPLICIT_TABLE,
                SqlStdOperatorTable.UNION,
                SqlStdOperatorTable.UNION_ALL,
                SqlStdOperatorTable.INTERSECT,
                SqlStdOperatorTable.INTERSECT_ALL,
                SqlStdOperatorTable.EXCEPT,
                SqlStdOperatorTable.EXCEPT_ALL,
                SqlStdOperatorTable.EXISTS,
                SqlStdOperatorTable.GROUPING,
                SqlStdOperatorTable.GROUPING_ID,
                SqlStdOperatorTable.SOME_EQ,
                SqlStdOperatorTable.SOME_NE,
                SqlStdOperatorTable.SOME_LT,
                SqlStdOperatorTable.SOME_LE,
                SqlStdOperatorTable.SOME_GT,
                SqlStdOperatorTable.SOME_GE,
                SqlStdOperatorTable.ALL_EQ,
                SqlStdOperatorTable.ALL_NE,
                SqlStdOperatorTable.ALL_LT,
                SqlStdOperatorTable.ALL_LE,
                SqlStdOperatorTable.ALL_GT,
                SqlStdOperatorTable.ALL_GE,
                SqlStdOperatorTable.UNNEST,
                SqlStdOperatorTable.UNNEST_WITH_ORDINALITY,
                SqlStdOperatorTable.LATERAL);
    }
}
