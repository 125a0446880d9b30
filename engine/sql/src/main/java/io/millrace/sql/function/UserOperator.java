package io.millrace.sql.function;

import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** A function that a user made, as the validator sees it. */
public final class UserOperator extends SqlFunction {

    static final MillraceTypeFactory FACTORY = new MillraceTypeFactory();

    private final FunctionDefinition definition;

    /** @param name name of the function, or another for a table function where it is called in FROM */
    UserOperator(FunctionDefinition definition, String name) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                call -> result(definition.signature(), call),
                null,
                operands(definition.signature()),
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.definition = definition;
    }

    public FunctionDefinition definition() {
        return definition;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        if (definition.signature().kind() == FunctionKind.TABLE && getName().equals(definition.name())) {
            throw SqlErrors.invalid(
                    "'" + definition.name() + "' gives rows, and is called in FROM",
                    "write FROM …, LATERAL TABLE(" + definition.name() + "(…)) AS r",
                    call.getParserPosition());
        }
        if (definition.signature().kind() == FunctionKind.DELIVERY) {
            throw SqlErrors.invalid(
                    "'" + definition.name() + "' transforms records of deliveries, and is not called in SQL",
                    "name it in a delivery: CREATE DELIVERY … WITH (transform = '" + definition.name() + "')",
                    call.getParserPosition());
        }
        return super.deriveType(validator, scope, call);
    }

    @Override
    public boolean isDeterministic() {
        return definition.signature().deterministic();
    }

    private static RelDataType result(FunctionSignature signature, SqlOperatorBinding call) {
        boolean nullable = signature.resultNullable()
                || call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return Types.toCalcite(signature.result(), nullable, FACTORY);
    }

    static SqlOperandTypeChecker operands(FunctionSignature signature) {
        List<SqlTypeFamily> families = signature.parameters().stream()
                .map(Parameter::type)
                .map(UserOperator::family)
                .toList();
        return families.isEmpty() ? OperandTypes.NILADIC : OperandTypes.family(families);
    }

    private static SqlTypeFamily family(DataType type) {
        return switch (type) {
            case BooleanType t -> SqlTypeFamily.BOOLEAN;
            case IntegerType t -> SqlTypeFamily.INTEGER;
            case FloatingType t -> SqlTypeFamily.NUMERIC;
            case DecimalType t -> SqlTypeFamily.EXACT_NUMERIC;
            case CharacterType t -> SqlTypeFamily.CHARACTER;
            case BinaryType t -> SqlTypeFamily.BINARY;
            case DateType t -> SqlTypeFamily.DATE;
            case TimeType t -> SqlTypeFamily.TIME;
            case TimestampType t -> SqlTypeFamily.DATETIME;
            case IntervalType t -> t.months() ? SqlTypeFamily.INTERVAL_YEAR_MONTH : SqlTypeFamily.INTERVAL_DAY_TIME;
            case ArrayType t -> SqlTypeFamily.ARRAY;
            case MapType t -> SqlTypeFamily.MAP;
            case RowType t -> SqlTypeFamily.ANY;
        };
    }
}
