package io.millrace.sql.function;

import io.millrace.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's MAKE_INTERVAL, of months or of days and less: which of them its arguments are says what type it has.
 *
 * <pre>
 *   MAKE_INTERVAL(days =&gt; d, hours =&gt; 2)      d * INTERVAL '1' DAY + 2 * INTERVAL '1' HOUR
 * </pre>
 */
final class MakeInterval extends SqlFunction {

    private record Part(String name, TimeUnit unit, String amount) {
        boolean isOfMonths() {
            return unit == TimeUnit.MONTH;
        }
    }

    /** In the order of arguments without names. */
    private static final List<Part> PARTS = List.of(
            new Part("years", TimeUnit.MONTH, "12"),
            new Part("months", TimeUnit.MONTH, "1"),
            new Part("weeks", TimeUnit.DAY, "7"),
            new Part("days", TimeUnit.DAY, "1"),
            new Part("hours", TimeUnit.HOUR, "1"),
            new Part("mins", TimeUnit.MINUTE, "1"),
            new Part("secs", TimeUnit.SECOND, "1"));

    MakeInterval() {
        super(
                "MAKE_INTERVAL",
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    @Override
    public SqlNode rewriteCall(SqlValidator validator, SqlCall call) {
        return new Sum(call).of();
    }

    /** The sum of the arguments of one call. */
    private static final class Sum {

        private final SqlCall call;
        private @Nullable SqlNode sum;
        private boolean ofMonths;

        Sum(SqlCall call) {
            this.call = call;
        }

        SqlNode of() {
            for (int i = 0; i < call.operandCount(); i++) {
                SqlNode argument = call.operand(i);
                if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                    SqlCall named = (SqlCall) argument;
                    add(part(named.operand(1)), named.operand(0));
                } else if (i < PARTS.size()) {
                    add(PARTS.get(i), argument);
                } else {
                    throw refused("MAKE_INTERVAL takes " + PARTS.size() + " numbers at most");
                }
            }
            return sum == null ? one(PARTS.getLast(), "0", call.getParserPosition()) : sum;
        }

        private Part part(SqlIdentifier name) {
            for (Part part : PARTS) {
                if (part.name.equals(name.getSimple().toLowerCase(Locale.ROOT))) {
                    return part;
                }
            }
            throw refused("MAKE_INTERVAL has no argument '" + name + "'");
        }

        /** A zero says nothing: it stands before what is meant. */
        private void add(Part part, SqlNode count) {
            if (isZero(count)) {
                return;
            }
            if (sum != null && ofMonths != part.isOfMonths()) {
                throw refused("an interval is of years and months, or of days and less");
            }
            ofMonths = part.isOfMonths();
            SqlParserPos pos = count.getParserPosition();
            SqlNode product = SqlStdOperatorTable.MULTIPLY.createCall(pos, one(part, part.amount, pos), count);
            sum = sum == null ? product : SqlStdOperatorTable.PLUS.createCall(call.getParserPosition(), sum, product);
        }

        private static boolean isZero(SqlNode count) {
            if (!(count instanceof SqlNumericLiteral literal)) {
                return false;
            }
            BigDecimal number = literal.bigDecimalValue();
            return number != null && number.signum() == 0;
        }

        private static SqlLiteral one(Part part, String amount, SqlParserPos pos) {
            return SqlLiteral.createInterval(1, amount, new SqlIntervalQualifier(part.unit, null, pos), pos);
        }

        private RuntimeException refused(String why) {
            return SqlErrors.unsupported(
                    why,
                    "write MAKE_INTERVAL(years => 1, months => 2), or of weeks, days, hours, mins and secs",
                    call.getParserPosition());
        }
    }
}
