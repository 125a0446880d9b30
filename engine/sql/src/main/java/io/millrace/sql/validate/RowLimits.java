package io.millrace.sql.validate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind LIMIT, OFFSET and FETCH, as a number or a parameter: clients that put values into the text write
 * {@code ('5'::int4)}, and NULL is no limit.
 */
final class RowLimits {

    private static final List<DataType> WHOLE =
            List.of(DataType.TINYINT, DataType.SMALLINT, DataType.INTEGER, DataType.BIGINT);

    private final List<? extends @Nullable DataType> parameterTypes;
    private final String clause;
    private final ErrorCode negative;

    private RowLimits(List<? extends @Nullable DataType> parameterTypes, String clause, ErrorCode negative) {
        this.parameterTypes = parameterTypes;
        this.clause = clause;
        this.negative = negative;
    }

    /** Returns the tree with its limits in that form. */
    static SqlNode replace(SqlNode tree, List<? extends @Nullable DataType> parameterTypes) {
        RowLimits offset = new RowLimits(parameterTypes, "OFFSET", ErrorCode.INVALID_OFFSET);
        RowLimits limit = new RowLimits(parameterTypes, "LIMIT", ErrorCode.INVALID_LIMIT);
        SqlNode result = tree.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                SqlNode node = super.visit(call);
                return node instanceof SqlOrderBy order
                        ? new SqlOrderBy(
                                order.getParserPosition(),
                                order.query,
                                order.orderList,
                                offset.count(order.offset),
                                limit.count(order.fetch))
                        : node;
            }
        });
        return result == null ? tree : result;
    }

    /** Returns the types of the parameters as given, and BIGINT for counts of rows whose type is left open. */
    static List<@Nullable DataType> types(SqlNode tree, List<? extends @Nullable DataType> given) {
        List<@Nullable DataType> types = new ArrayList<>(given);
        tree.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlOrderBy order) {
                    whole(order.offset, types);
                    whole(order.fetch, types);
                }
                return super.visit(call);
            }
        });
        return types;
    }

    private static void whole(@Nullable SqlNode count, List<@Nullable DataType> types) {
        if (count instanceof SqlDynamicParam parameter) {
            while (types.size() <= parameter.getIndex()) {
                types.add(null);
            }
            if (types.get(parameter.getIndex()) == null) {
                types.set(parameter.getIndex(), DataType.BIGINT);
            }
        }
    }

    private @Nullable SqlNode count(@Nullable SqlNode node) {
        return switch (node) {
            case null -> null;
            case SqlDynamicParam parameter -> checked(parameter);
            case SqlNumericLiteral literal -> number(literal.bigDecimalValue(), literal);
            case SqlCharStringLiteral text -> number(text.toValue(), text);
            case SqlLiteral literal when literal.getValue() == null -> null;
            case SqlCall call when call.getKind() == SqlKind.CAST -> count(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.MINUS_PREFIX -> negated(call);
            default ->
                throw SqlErrors.unsupported(
                        clause + " takes a number or a parameter",
                        "compute the number before, and give it as a parameter",
                        node.getParserPosition());
        };
    }

    private SqlNode checked(SqlDynamicParam parameter) {
        int index = parameter.getIndex();
        DataType type = index < parameterTypes.size() ? parameterTypes.get(index) : null;
        if (type != null && !WHOLE.contains(type)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "argument of " + clause + " must be type bigint, not type " + type,
                    "give the parameter as a whole number",
                    parameter.getParserPosition());
        }
        return parameter;
    }

    private @Nullable SqlNode negated(SqlCall call) {
        SqlNode count = count(call.operand(0));
        return count instanceof SqlNumericLiteral literal
                ? number(Objects.requireNonNull(literal.bigDecimalValue()).negate(), call)
                : count;
    }

    private SqlNode number(@Nullable String text, SqlNode place) {
        try {
            return number(new BigDecimal(Objects.requireNonNull(text).strip()), place);
        } catch (NumberFormatException e) {
            throw SqlErrors.at(
                    ErrorCode.INVALID_VALUE,
                    "'" + text + "' is no number of rows",
                    "write a whole number",
                    place.getParserPosition());
        }
    }

    private SqlNode number(@Nullable BigDecimal value, SqlNode place) {
        BigDecimal whole = Objects.requireNonNull(value).setScale(0, RoundingMode.HALF_UP);
        if (whole.signum() < 0) {
            throw SqlErrors.at(
                    negative, clause + " must not be negative", "write 0 or more", place.getParserPosition());
        }
        if (whole.precision() > 19 || whole.toBigInteger().bitLength() >= Long.SIZE) {
            throw SqlErrors.at(
                    ErrorCode.NUMERIC_OVERFLOW,
                    clause + " is out of range",
                    "leave it out for all rows",
                    place.getParserPosition());
        }
        return SqlLiteral.createExactNumeric(whole.toPlainString(), place.getParserPosition());
    }
}
