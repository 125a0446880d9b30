package io.millrace.sql.function;

import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.type.Types;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/** An aggregate function that a user made, as the validator sees it. */
public final class UserAggregateOperator extends PlainAggregate {

    private final FunctionDefinition definition;

    UserAggregateOperator(FunctionDefinition definition) {
        super(
                definition.name(),
                call -> Types.toCalcite(
                        definition.signature().result(), definition.signature().resultNullable(), UserOperator.FACTORY),
                UserOperator.operands(definition.signature()));
        this.definition = definition;
    }

    /** Returns the definition of a user's aggregate function, or null for any other. */
    public static @Nullable FunctionDefinition find(SqlOperator operator) {
        return operator instanceof UserAggregateOperator user ? user.definition : null;
    }

    @Override
    public boolean isDeterministic() {
        return definition.signature().deterministic();
    }
}
