package io.millrace.sql.validate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.type.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Which types are made alike without a CAST, as PostgreSQL has it: numbers with numbers, dates with timestamps, and a
 * text constant with what it stands beside, if it reads as that. Text that is computed or stored, and other types
 * where text is wanted, need a CAST; only {@code ||} takes everything.
 */
final class StrictCoercion extends TypeCoercionImpl {

    private static final DataType ANY_NUMBER = new DataType.DecimalType(38, 19);

    private boolean concatenating;

    StrictCoercion(RelDataTypeFactory factory, SqlValidator validator) {
        super(factory, validator);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // operators are constants
    public boolean builtinFunctionCoercion(
            SqlCallBinding call, List<RelDataType> operandTypes, List<SqlTypeFamily> expectedFamilies) {
        boolean before = concatenating;
        concatenating = call.getOperator() == SqlStdOperatorTable.CONCAT;
        try {
            return super.builtinFunctionCoercion(call, operandTypes, expectedFamilies);
        } finally {
            concatenating = before;
        }
    }

    /** A number is no truth value, a constant one neither. */
    @Override
    protected boolean booleanEquality(SqlCallBinding call, RelDataType left, RelDataType right) {
        return false;
    }

    @Override
    protected boolean needToCast(SqlValidatorScope scope, SqlNode node, RelDataType to, SqlTypeMappingRule rule) {
        if (!super.needToCast(scope, node, to, rule)) {
            return false;
        }
        RelDataType from = validator.deriveType(scope, node);
        if (SqlTypeUtil.isCharacter(from) && scalar(to)) {
            requireReadable(node, from, to);
        } else if (SqlTypeUtil.isCharacter(to) && scalar(from) && !concatenating) {
            throw mismatch(node, from, to);
        } else if (SqlTypeUtil.isBoolean(from) != SqlTypeUtil.isBoolean(to) && scalar(from) && scalar(to)) {
            throw mismatch(node, from, to);
        }
        return true;
    }

    /** Returns whether a type is one that text may stand for: a number, a time, an interval, a truth value. */
    private static boolean scalar(RelDataType type) {
        return SqlTypeUtil.isNumeric(type)
                || SqlTypeUtil.isDatetime(type)
                || SqlTypeUtil.isInterval(type)
                || SqlTypeUtil.isBoolean(type);
    }

    private static void requireReadable(SqlNode node, RelDataType from, RelDataType to) {
        if (!(node instanceof SqlCharStringLiteral literal)) {
            throw mismatch(node, from, to);
        }
        DataType type = Types.fromCalcite(to);
        try {
            SqlText.parse(type, literal.toValue(), ZoneOffset.UTC, Column.create(type, 1), 0);
        } catch (RowFailure e) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    e.reason() + ", and stands where " + shown(type) + " is needed",
                    "write what reads as " + shown(type) + ", or compare text: CAST(… AS VARCHAR)",
                    node.getParserPosition());
        }
    }

    private static MillraceException mismatch(SqlNode node, RelDataType from, RelDataType to) {
        DataType wanted = Types.fromCalcite(to);
        return SqlErrors.at(
                ErrorCode.TYPE_MISMATCH,
                Types.fromCalcite(from) + " stands where " + shown(wanted) + " is needed",
                "convert it: CAST(" + shown(node) + " AS " + (wanted.equals(ANY_NUMBER) ? DataType.DOUBLE : wanted)
                        + ")",
                node.getParserPosition());
    }

    /** Where any number will do, Calcite says so by one that nobody has written. */
    private static String shown(DataType type) {
        return type.equals(ANY_NUMBER) ? "a number" : type.toString();
    }

    private static String shown(SqlNode node) {
        return node instanceof SqlIdentifier name ? name.names.getLast() : "…";
    }
}
