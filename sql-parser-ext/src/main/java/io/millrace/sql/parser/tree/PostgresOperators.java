package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's signs for operators that Calcite has under other names. */
public final class PostgresOperators {

    /** Looser than a sum and tighter than a comparison. */
    private static final int OF_SIGNS = 36;

    /** As the signs from left to right: a sign before a value takes no other behind it along, but sums and products. */
    private static final int OF_PREFIXES = OF_SIGNS + 2;

    /** That of {@code ||}, so that parts of JSON are put together without parentheses. */
    private static final int OF_TEXTS = 60;

    /** Tighter than a product, looser than the sign of a number. */
    private static final int TIGHTER_THAN_PRODUCTS = 70;

    /** {@code ::}. A call of it is a call of CAST, so no tree has this operator. */
    public static final SqlOperator CAST = new InfixCast();

    /** {@code AT TIME ZONE}. A call of it is a call of TIMEZONE, so no tree has this operator either. */
    public static final SqlOperator AT_TIME_ZONE =
            new FunctionSign("AT TIME ZONE", TIGHTER_THAN_PRODUCTS, "timezone", true);

    /** The power, as in PostgreSQL; elsewhere the sign says what {@link #BIT_XOR} does. */
    public static final SqlBinaryOperator POWER = new FunctionSign("^", TIGHTER_THAN_PRODUCTS, "power", false);

    public static final SqlBinaryOperator BIT_AND = ofSign("&", "bitand");
    public static final SqlBinaryOperator BIT_OR = ofSign("|", "bitor");
    public static final SqlBinaryOperator BIT_XOR = ofSign("#", "bitxor");
    public static final SqlBinaryOperator SHIFT_LEFT = ofSign("<<", "leftshift");
    public static final SqlBinaryOperator SHIFT_RIGHT = ofSign(">>", "rightshift");
    public static final SqlPrefixOperator BIT_NOT = new FunctionPrefix("~", "bitnot");
    public static final SqlPrefixOperator ABSOLUTE = new FunctionPrefix("@", "abs");
    public static final SqlPrefixOperator SQUARE_ROOT = new FunctionPrefix("|/", "sqrt");
    public static final SqlPrefixOperator CUBE_ROOT = new FunctionPrefix("||/", "cbrt");

    /** Whether an array has all elements of another. */
    public static final SqlOperator HOLDS_ALL = ofSign("@>", "array_contains_all");

    public static final SqlOperator HELD_BY = new FunctionSign("<@", OF_SIGNS, "array_contains_all", true);

    /** Whether two arrays have an element in common. */
    public static final SqlOperator OVERLAPPING = ofSign("&&", "array_overlaps");

    public static final SqlOperator STARTS_WITH = ofSign("^@", "starts_with");

    /** A part of an array, from {@link #places} to the right of it. */
    public static final SqlOperator SLICE = new Slice();

    /** {@code ->} and {@code ->>}. Calls of them are calls of functions of these names. */
    public static final SqlOperator JSON_PART = new FunctionSign("->", OF_TEXTS, "->", false);

    public static final SqlOperator JSON_PART_TEXT = new FunctionSign("->>", OF_TEXTS, "->>", false);

    private PostgresOperators() {}

    /**
     * Returns the first and the last place of a slice as one node.
     *
     * @param first null for the array's first
     * @param last null for the array's last
     * @param pos where a place is that is left out
     */
    public static SqlNode places(@Nullable SqlNode first, @Nullable SqlNode last, SqlParserPos pos) {
        SqlNode from = first == null ? SqlLiteral.createExactNumeric("1", pos) : first;
        SqlNode to = last == null ? SqlLiteral.createExactNumeric(String.valueOf(Integer.MAX_VALUE), pos) : last;
        return SqlStdOperatorTable.ROW.createCall(from.getParserPosition().plus(to.getParserPosition()), from, to);
    }

    /** Returns the operator of {@code ~} and its kin: {@code !} in front, doubled, {@code *} behind. */
    public static SqlOperator match(boolean negated, boolean like, boolean anyCase) {
        if (like) {
            return anyCase ? ilike(negated) : negated ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE;
        }
        if (anyCase) {
            return negated
                    ? SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE
                    : SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE;
        }
        return negated
                ? SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE
                : SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE;
    }

    private static SqlOperator ilike(boolean negated) {
        return negated ? SqlLibraryOperators.NOT_ILIKE : SqlLibraryOperators.ILIKE;
    }

    private static FunctionSign ofSign(String sign, String function) {
        return new FunctionSign(sign, OF_SIGNS, function, false);
    }

    private static final class InfixCast extends SqlBinaryOperator {

        private static final int PRECEDENCE = 94;

        InfixCast() {
            super("::", SqlKind.CAST, PRECEDENCE, true, null, null, null);
        }

        @Override
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, SqlNode... operands) {
            return SqlStdOperatorTable.CAST.createCall(pos, operands);
        }
    }

    /** A sign between two values that is a call of a function, of the values as they stand or the other way round. */
    private static final class FunctionSign extends SqlBinaryOperator {

        private final String function;
        private final boolean turned;

        FunctionSign(String sign, int precedence, String function, boolean turned) {
            super(sign, SqlKind.OTHER_FUNCTION, precedence, true, null, null, null);
            this.function = function;
            this.turned = turned;
        }

        @Override
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, SqlNode... operands) {
            return turned
                    ? named(function, pos).createCall(pos, operands[1], operands[0])
                    : named(function, pos).createCall(pos, operands);
        }
    }

    private static final class Slice extends SqlBinaryOperator {

        /** As tight as a place of an array. */
        private static final int PRECEDENCE = 100;

        Slice() {
            super("[:]", SqlKind.OTHER_FUNCTION, PRECEDENCE, true, null, null, null);
        }

        @Override
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, SqlNode... operands) {
            SqlCall places = (SqlCall) operands[1];
            return named("array_slice", pos).createCall(pos, operands[0], places.operand(0), places.operand(1));
        }
    }

    /** A sign before a value that is a call of a function. */
    private static final class FunctionPrefix extends SqlPrefixOperator {

        private final String function;

        FunctionPrefix(String sign, String function) {
            super(sign, SqlKind.OTHER_FUNCTION, OF_PREFIXES, null, null, null);
            this.function = function;
        }

        @Override
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, SqlNode... operands) {
            return named(function, pos).createCall(pos, operands);
        }
    }

    private static SqlFunction named(String function, SqlParserPos pos) {
        return new SqlUnresolvedFunction(
                new SqlIdentifier(function, pos), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
}
