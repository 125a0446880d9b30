package io.millrace.plan.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value computed from one row. Immutable; compares by content. */
public sealed interface Expression {

    DataType type();

    boolean nullable();

    /** Returns the expressions that it is computed from. */
    default List<Expression> parts() {
        return switch (this) {
            case Literal literal -> List.of();
            case Column column -> List.of();
            case Parameter parameter -> List.of();
            case Call call -> call.arguments();
            case UserCall call -> call.arguments();
            case Cast cast -> List.of(cast.operand());
            case Case choice -> {
                List<Expression> parts = new ArrayList<>();
                choice.branches().forEach(branch -> {
                    parts.add(branch.condition());
                    parts.add(branch.value());
                });
                parts.add(choice.otherwise());
                yield parts;
            }
            case FieldAccess access -> List.of(access.row());
        };
    }

    /** Returns how many expressions it is, itself and its parts and theirs. */
    default long size() {
        return 1 + parts().stream().mapToLong(Expression::size).sum();
    }

    /** Returns whether it gives the same whenever it is computed of the same row in the same step. */
    default boolean deterministic() {
        return !(this instanceof UserCall call && !call.function().deterministic())
                && parts().stream().allMatch(Expression::deterministic);
    }

    /**
     * A constant.
     *
     * @param value in the form of {@link io.millrace.spi.row.JavaValues}, null for NULL
     */
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public boolean nullable() {
            return value == null;
        }
    }

    /** A field of the input row. */
    record Column(int index, DataType type, boolean nullable) implements Expression {}

    /**
     * The value of a statement's parameter, bound before the query runs.
     *
     * @param index from 0
     */
    record Parameter(int index, DataType type, boolean nullable) implements Expression {}

    /** A built-in function or operator of its arguments. */
    record Call(ScalarFunction function, List<Expression> arguments, DataType type, boolean nullable)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A function in Java of its arguments, which have the types of its parameters. It is called where no argument
     * is NULL, but for those that it says it takes.
     */
    record UserCall(UserFunction function, List<Expression> arguments, DataType type, boolean nullable)
            implements Expression {
        public UserCall {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A value as another type, by SQL's rules of CAST. Text that does not read as the type, and a number
     * that does not fit it, is an error of the row, or NULL for a safe cast.
     */
    record Cast(Expression operand, DataType type, boolean nullable, boolean safe) implements Expression {}

    /**
     * The value of the first branch whose condition is TRUE. Branches after that are not evaluated.
     *
     * @param otherwise value where no condition is TRUE
     */
    record Case(List<Branch> branches, Expression otherwise, DataType type, boolean nullable) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        /** A condition and the value where it is TRUE. */
        public record Branch(Expression condition, Expression value) {}
    }

    /** A field of a nested row; NULL where the row is NULL. */
    record FieldAccess(Expression row, int field, boolean nullable) implements Expression {
        @Override
        public DataType type() {
            return ((RowType) row.type()).field(field).type();
        }
    }
}
