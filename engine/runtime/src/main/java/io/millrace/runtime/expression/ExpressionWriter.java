package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the statements that evaluate an expression for the row {@code row} into a method. */
final class ExpressionWriter {

    /** Branches of a CASE, or operands of AND and OR, that are written side by side. */
    private static final int WIDTH_MAX = 16;

    final BodyWriter body;
    final Scope scope;

    private final Cuts cuts;

    ExpressionWriter(BodyWriter body, Scope scope, Cuts cuts) {
        this.body = body;
        this.scope = scope;
        this.cuts = cuts;
    }

    Code write(Expression expression) {
        return switch (expression) {
            case Literal literal -> Literals.write(literal.value(), literal.type(), body);
            case Expression.Column column -> body.column(column, scope);
            case Parameter parameter -> body.parameter(parameter);
            default -> body.keeps(expression) ? new KeptValueWriter(body).write(expression, this) : anew(expression);
        };
    }

    private Code anew(Expression expression) {
        return (scope.isFull() || cuts.isCut(expression)) && !BodyWriter.isColumn(expression)
                ? inOwnMethod(expression)
                : here(expression);
    }

    /** Returns a writer of the same expression into another method. */
    ExpressionWriter within(Scope other) {
        return new ExpressionWriter(body, other, cuts);
    }

    /** Writes an expression into this method. */
    Code here(Expression expression) {
        return switch (expression) {
            case Call call -> call(call);
            case UserCall call -> new UserCallWriter(this).write(call, writeAll(call.arguments()));
            case Cast cast -> new CastWriter(this).write(cast);
            case Case choice -> choice(choice);
            case FieldAccess access -> BodyWriter.isColumn(access) ? body.column(access, scope) : field(access);
            default -> throw new IllegalStateException(expression.toString());
        };
    }

    private Code call(Call call) {
        return switch (call.function()) {
            case AND, OR -> connect(CheapFirst.order(call));
            default -> new CallWriter(this).write(call, writeAll(call.arguments()));
        };
    }

    private Code connect(Call call) {
        return call.arguments().size() > WIDTH_MAX ? write(nested(call)) : new LogicWriter(this).connect(call);
    }

    List<Code> writeAll(List<Expression> expressions) {
        List<Code> codes = new ArrayList<>();
        for (Expression expression : expressions) {
            codes.add(write(expression));
        }
        return codes;
    }

    /** Turns {@code a AND b AND c …} into {@code (a AND b) AND (c …)}, which means the same. */
    private static Call nested(Call call) {
        List<Expression> arguments = call.arguments();
        int half = arguments.size() / 2;
        List<Expression> halves = List.of(
                new Call(call.function(), arguments.subList(0, half), call.type(), call.nullable()),
                new Call(call.function(), arguments.subList(half, arguments.size()), call.type(), call.nullable()));
        return new Call(call.function(), halves, call.type(), call.nullable());
    }

    /** Writes an expression as a method of its own, since this one is long enough. */
    private Code inOwnMethod(Expression expression) {
        Scope inner = new Scope(scope.nulls);
        Code code = new ExpressionWriter(body, inner, cuts).here(expression);
        String method = body.name("m");
        String result = code.isBytes() ? body.slice() : body.name("v");
        StringBuilder text = new StringBuilder("private ")
                .append(code.isBytes() ? "void" : code.form().javaType)
                .append(" " + method + "(int row) {\n")
                .append(inner.text());
        String isNull = null;
        if (code.isNull() != null) {
            body.field("private boolean " + method + "n");
            text.append(method + "n = " + code.isNull() + ";\n");
            isNull = method + "n";
        }
        if (code.isBytes()) {
            text.append(isNull == null ? "" : "if (!" + isNull + ") ")
                    .append(result + ".set(" + code.arguments() + ");\n}\n");
            scope.line(method + "(row);");
        } else {
            text.append("return " + code.value() + ";\n}\n");
            scope.line(code.form().javaType + " " + result + " = " + method + "(row);");
        }
        body.method(text.toString());
        return code.isBytes() ? Code.bytes(code.type(), result, isNull) : Code.of(code.type(), result, isNull);
    }

    private Code choice(Case choice) {
        Variable result = variable(choice.type(), true);
        branch(choice, 0, result);
        return result.code();
    }

    private void branch(Case choice, int index, Variable result) {
        if (index == choice.branches().size()) {
            assign(result, write(choice.otherwise()));
            return;
        }
        if (index == WIDTH_MAX) {
            List<Case.Branch> rest =
                    choice.branches().subList(index, choice.branches().size());
            assign(result, write(new Case(rest, choice.otherwise(), choice.type(), choice.nullable())));
            return;
        }
        Case.Branch branch = choice.branches().get(index);
        scope.line("if (" + LogicWriter.isTrue(write(branch.condition())) + ") {");
        assign(result, write(branch.value()));
        scope.line("} else {");
        branch(choice, index + 1, result);
        scope.line("}");
    }

    private Code field(FieldAccess access) {
        Code row = write(access.row());
        DataType type = access.type();
        Variable result = variable(type, true);
        String object = body.name("o");
        scope.line("Object " + object + " = " + (row.isNull() == null ? "" : row.isNull() + " ? null : ") + row.value()
                + ";");
        scope.line(object + " = " + object + " == null ? null : ((java.util.List) " + object + ").get(" + access.field()
                + ");");
        assignObject(result, object);
        return result.code();
    }

    /** A local variable, or a Slice, with the variable that says whether it is NULL. */
    record Variable(DataType type, String name, @Nullable String isNull) {
        Code code() {
            return Form.of(type) == Form.BYTES ? Code.bytes(type, name, isNull) : Code.of(type, name, isNull);
        }
    }

    /** Declares a variable, with zero in it and not NULL. */
    Variable variable(DataType type, boolean nullable) {
        Form form = Form.of(type);
        String name = form == Form.BYTES ? body.slice() : body.name("v");
        if (form != Form.BYTES) {
            scope.line(form.javaType + " " + name + " = " + form.zero + ";");
        }
        String isNull = nullable ? body.name("n") : null;
        if (isNull != null) {
            scope.line("boolean " + isNull + " = false;");
        }
        return new Variable(type, name, isNull);
    }

    /** Writes the assignment of a value of the variable's form. */
    void assign(Variable target, Code code) {
        boolean same = code.form() == target.code().form();
        if (!same) { // an untyped NULL
            scope.line(target.isNull + " = true;");
            return;
        }
        if (code.isNull() != null) {
            scope.line(target.isNull + " = " + code.isNull() + ";");
            scope.line("if (!" + target.isNull + ") {");
        }
        scope.line(
                code.isBytes()
                        ? target.name + ".set(" + code.arguments() + ");"
                        : target.name + " = " + code.value() + ";");
        if (code.isNull() != null) {
            scope.line("}");
        }
    }

    /** Writes the assignment of an object, null for NULL. */
    void assignObject(Variable target, String object) {
        scope.line(target.isNull + " = " + object + " == null;");
        String value = target.code().isBytes()
                ? "Boxes.toSlice(" + object + ", " + target.name + ")"
                : target.name + " = " + Boxing.unboxed(Form.of(target.type), object);
        scope.line("if (!" + target.isNull + ") " + value + ";");
    }

    /** Writes a value that is NULL where any argument is, and is only computed where none is. */
    Code strict(DataType type, List<Code> arguments, String value) {
        String isNull = Code.anyNull(arguments);
        String name = body.name("v");
        String javaType = Form.of(type).javaType;
        if (isNull == null) {
            scope.line("final " + javaType + " " + name + " = " + value + ";");
            return Code.of(type, name, null);
        }
        String mark = body.name("n");
        scope.line("final boolean " + mark + " = " + isNull + ";");
        scope.line(javaType + " " + name + " = " + Form.of(type).zero + ";");
        scope.line("if (!" + mark + ") " + name + " = " + value + ";");
        return Code.of(type, name, mark);
    }

    /** Writes a value that is NULL where any argument is, and may be computed everywhere without harm. */
    Code total(DataType type, List<Code> arguments, String value) {
        String isNull = Code.anyNull(arguments);
        String name = body.name("v");
        scope.line("final " + Form.of(type).javaType + " " + name + " = " + value + ";");
        if (isNull == null) {
            return Code.of(type, name, null);
        }
        String mark = body.name("n");
        scope.line("final boolean " + mark + " = " + isNull + ";");
        return Code.of(type, name, mark);
    }

    /** Writes an object of JavaValues that is NULL where any argument is, and where it is null. */
    Code nullable(DataType type, List<Code> arguments, String object) {
        String isNull = Code.anyNull(arguments);
        String name = body.name("o");
        scope.line("Object " + name + " = " + (isNull == null ? "" : isNull + " ? null : ") + object + ";");
        Variable result = variable(type, true);
        assignObject(result, name);
        return result.code();
    }

    /** Writes bytes that are NULL where any argument is, and where they are not found: the call, which writes them to {@code #}, tells. */
    Code foundBytes(DataType type, List<Code> arguments, String call) {
        String isNull = Code.anyNull(arguments);
        String slice = body.slice();
        String mark = body.name("n");
        scope.line("final boolean " + mark + " = " + (isNull == null ? "" : isNull + " || ") + "!"
                + call.replace("#", slice) + ";");
        return Code.bytes(type, slice, mark);
    }

    /** Writes bytes that are NULL where any argument is; the statement writes them to the Slice {@code #}. */
    Code strictBytes(DataType type, List<Code> arguments, String statement) {
        String isNull = Code.anyNull(arguments);
        String slice = body.slice();
        String own = statement.replace("#", slice);
        if (isNull == null) {
            scope.line(own + ";");
            return Code.bytes(type, slice, null);
        }
        String mark = body.name("n");
        scope.line("final boolean " + mark + " = " + isNull + ";");
        scope.line("if (!" + mark + ") { " + own + "; }");
        return Code.bytes(type, slice, mark);
    }
}
