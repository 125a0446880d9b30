package io.millrace.sql.validate;

import io.millrace.spi.connector.SystemColumns;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The time of a group's row in a SELECT with GROUP BY: the end of its window, or of the piece of ROWTIME
 * that it is grouped by.
 */
final class ClosingTime {

    private final SqlSelect select;
    private final Set<String> rowtimes;

    /**
     * Prepares for a SELECT.
     *
     * @param rowtimes names of the columns that are its input's ROWTIME, in lower case
     */
    ClosingTime(SqlSelect select, Set<String> rowtimes) {
        this.select = select;
        this.rowtimes = rowtimes;
    }

    /** Returns an expression over the grouped row, or null where no key is a time. */
    @Nullable
    SqlNode find() {
        SqlNodeList group = select.getGroup();
        if (group == null) {
            return null;
        }
        for (SqlNode key : group) {
            SqlNode time = end(resolve(key));
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    /** Returns the item that a key means where it is {@code 1} or the name of an item. */
    private SqlNode resolve(SqlNode key) {
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            int place = number.intValue(true);
            List<SqlNode> items = select.getSelectList();
            return place >= 1 && place <= items.size() ? expression(items.get(place - 1)) : key;
        }
        if (key instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS
                        && name(((SqlCall) item).operand(1)).equals(name(name))) {
                    return expression(item);
                }
            }
        }
        return key;
    }

    private static SqlNode expression(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private @Nullable SqlNode end(SqlNode key) {
        if (key instanceof SqlIdentifier identifier) {
            return name(identifier).equals("window_end") || isRowtime(identifier) ? copy(key) : null;
        }
        if (!(key instanceof SqlCall call) || call.operandCount() != 2) {
            return null;
        }
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "FLOOR" -> isRowtime(call.operand(0)) ? plusUnit(call, call.operand(1)) : null;
            case "CEIL" -> isRowtime(call.operand(0)) ? copy(call) : null;
            case "STEP" -> isRowtime(call.operand(0)) ? plus(call, call.operand(1)) : null;
            case "DATE_TRUNC" -> isRowtime(call.operand(1)) ? plusUnit(call, call.operand(0)) : null;
            default -> null;
        };
    }

    private boolean isRowtime(SqlNode node) {
        return node instanceof SqlIdentifier identifier && rowtimes.contains(name(identifier));
    }

    private static @Nullable SqlNode plusUnit(SqlCall key, SqlNode unit) {
        SqlIntervalQualifier qualifier = qualifier(unit);
        return qualifier == null
                ? null
                : plus(key, SqlLiteral.createInterval(1, "1", qualifier, unit.getParserPosition()));
    }

    private static @Nullable SqlIntervalQualifier qualifier(SqlNode unit) {
        if (unit instanceof SqlIntervalQualifier qualifier) {
            return interval(qualifier.getUnit(), unit.getParserPosition());
        }
        if (unit instanceof SqlLiteral literal && literal.toValue() != null) {
            try {
                return interval(
                        TimeUnit.valueOf(String.valueOf(literal.toValue()).toUpperCase(Locale.ROOT)),
                        unit.getParserPosition());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable SqlIntervalQualifier interval(TimeUnit unit, SqlParserPos pos) {
        return switch (unit) {
            case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND -> new SqlIntervalQualifier(unit, null, pos);
            default -> null;
        };
    }

    private static SqlNode plus(SqlNode key, SqlNode interval) {
        SqlNode copy = copy(key);
        return SqlStdOperatorTable.PLUS.createCall(key.getParserPosition(), copy, copy(interval));
    }

    private static SqlNode copy(SqlNode node) {
        return SqlNode.clone(node);
    }

    private static String name(SqlNode node) {
        return node instanceof SqlIdentifier identifier && !identifier.isStar()
                ? identifier.names.getLast().toLowerCase(Locale.ROOT)
                : "";
    }

    /** Returns the one name that is always a ROWTIME's. */
    static String rowtime() {
        return SystemColumns.ROWTIME.name().toLowerCase(Locale.ROOT);
    }
}
