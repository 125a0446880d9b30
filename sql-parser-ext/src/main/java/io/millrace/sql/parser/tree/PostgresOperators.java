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
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's signs for operators that Calcite has under other names. */
public final class PostgresOperators {

    /** {@code ::}. A call of it is a call of CAST, so no tree has this operator. */
    public static final SqlOperator CAST = new InfixCast();

    /** {@code AT TIME ZONE}. A call of it is a call of TIMEZONE, so no tree has this operator either. */
    public static final SqlOperator AT_TIME_ZONE = new AtTimeZone();

    private PostgresOperators() {}

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

    private static final class AtTimeZone extends SqlBinaryOperator {

        /** Tighter than a product, looser than a sign. */
        private static final int PRECEDENCE = 70;

        AtTimeZone() {
            super("AT TIME ZONE", SqlKind.OTHER_FUNCTION, PRECEDENCE, true, null, null, null);
        }

        @Override
        public SqlCall createCall(@Nullable SqlLiteral quantifier, SqlParserPos pos, SqlNode... operands) {
            SqlFunction function = new SqlUnresolvedFunction(
                    new SqlIdentifier("timezone", pos),
                    null,
                    null,
                    null,
                    null,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION);
            return function.createCall(pos, operands[1], operands[0]);
        }
    }
}
