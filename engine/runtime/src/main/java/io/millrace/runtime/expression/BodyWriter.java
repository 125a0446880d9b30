package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes a class: its fields, its loops, and the methods that long expressions are cut into. */
final class BodyWriter {

    static final String CLASS_NAME = "GeneratedProjection";

    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder loads = new StringBuilder();
    private final StringBuilder binds = new StringBuilder();
    private final StringBuilder parameters = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private final List<Object> constants = new ArrayList<>();
    private final Map<Object, Object> known = new LinkedHashMap<>();
    private final UserCalls functions;
    private KeptValues kept = KeptValues.NONE;
    private int names;

    BodyWriter(UserCalls functions) {
        this.functions = functions;
    }

    /** Returns the users' functions that the class calls. */
    UserCalls functions() {
        return functions;
    }

    Object[] constants() {
        return constants.toArray();
    }

    String write(@Nullable Expression condition, List<Expression> outputs) {
        StringBuilder dispatch = new StringBuilder();
        kept = KeptValues.of(condition, outputs);
        if (condition != null) {
            condition(condition, false);
            condition(condition, true);
        }
        for (int i = 0; i < outputs.size(); i++) {
            output(outputs.get(i), i, false);
            output(outputs.get(i), i, true);
            dispatch.append("case " + i + ": if (nulls) outputN" + i + "(sel, count, target, marks);" + " else outputP"
                    + i + "(sel, count, target, marks); break;\n");
        }
        String conditions = condition == null
                ? "throw new IllegalStateException();"
                : "return nulls ? conditionN(sel, count, passed) : conditionP(sel, count, passed);";
        return text(conditions, dispatch.toString());
    }

    /** Returns the class around what has been written. */
    String text(String conditions, String dispatch) {
        return """
            import io.millrace.plan.expression.Expression;
            import io.millrace.plan.expression.NumberPattern;
            import io.millrace.plan.expression.TimeUnit;
            import io.millrace.runtime.expression.BoundAggregate;
            import io.millrace.runtime.expression.GeneratedBody;
            import io.millrace.runtime.expression.function.*;
            import io.millrace.spi.error.*;
            import io.millrace.spi.row.*;
            import io.millrace.spi.type.DataType;
            public final class %s extends GeneratedBody {
            %sprotected void bind(Object[] constants) {
            %s}
            protected void parameters() {
            %s}
            protected boolean load(RowBatch in) {
            boolean nulls = false;
            Column column;
            %sreturn nulls;
            }
            protected int condition(boolean nulls, int[] sel, int count, int[] passed) {
            %s
            }
            protected void output(int index, boolean nulls, int[] sel, int count, Column target, boolean[] marks) {
            switch (index) {
            %sdefault: throw new IllegalStateException();
            }
            }
            %s}
            """.formatted(CLASS_NAME, fields, binds, parameters, loads, conditions, dispatch, methods);
    }

    private void condition(Expression condition, boolean nulls) {
        Scope scope = new Scope(nulls);
        Code code = new ExpressionWriter(this, scope, new Cuts(condition)).write(condition);
        String pass = code.isNull() == null ? code.value() : code.value() + " & !" + code.isNull();
        methods.append("""
            private int condition%s(int[] sel, int count, int[] passed) {
            %sint n = 0;
            for (int i = 0; i < count; i++) {
            int row = sel == null ? i : sel[i];
            try {
            %spassed[n] = row;
            if (%s) n++;
            %s}
            return n;
            }
            """.formatted(nulls ? "N" : "P", scope.locals(), scope.text(), pass, CATCH));
    }

    private static final String CATCH = """
        } catch (RowFailure f) {
        fail(row, f);
        } catch (ArithmeticException f) {
        fail(row, f);
        }
        """;

    private void output(Expression expression, int index, boolean nulls) {
        Scope scope = new Scope(nulls);
        Code code = new ExpressionWriter(this, scope, new Cuts(expression)).write(expression);
        boolean marksWritten = code.isNull() != null && code.form() != Form.OBJECT;
        methods.append("""
            private void output%s%d(int[] sel, int count, Column target, boolean[] marks) {
            %s%sfor (int i = 0; i < count; i++) {
            int row = sel == null ? i : sel[i];
            try {
            %s%s%s}
            %s}
            """.formatted(
                        nulls ? "N" : "P",
                        index,
                        scope.locals(),
                        Outputs.declaration(code),
                        scope.text(),
                        Outputs.store(code, this),
                        CATCH,
                        marksWritten ? "target.nulls(marks);\n" : ""));
    }

    /** Returns a new name. */
    String name(String prefix) {
        return prefix + names++;
    }

    void field(String declaration) {
        fields.append(declaration).append(";\n");
    }

    void method(String text) {
        methods.append(text);
    }

    /** Adds a statement that is run for each batch, which is {@code in}. */
    void load(String statement) {
        loads.append(statement).append('\n');
    }

    /** Returns whether the value is computed once for a row and kept. */
    boolean keeps(Expression expression) {
        return kept.contains(expression);
    }

    /** Returns what was made for an expression, which is made when first asked for. */
    @SuppressWarnings("unchecked")
    <T> T once(String what, Expression expression, Supplier<T> made) {
        List<Object> key = List.of(what, expression);
        T before = (T) known.get(key);
        if (before != null) {
            return before;
        }
        T result = made.get();
        known.put(key, result);
        return result;
    }

    /** Returns the name of a field that holds a constant. */
    String constant(String javaType, Object value) {
        String name = name("k");
        field("private " + javaType + " " + name);
        binds.append(name + " = (" + javaType + ") constants[" + constants.size() + "];\n");
        constants.add(value);
        return name;
    }

    /** Returns the name of a field with a constant that is there once. */
    String shared(String javaType, Object value) {
        return (String) known.computeIfAbsent(List.of(javaType, value), key -> constant(javaType, value));
    }

    /** Returns the name of a fresh Slice. */
    String slice() {
        String name = name("t");
        field("private final Slice " + name + " = new Slice()");
        return name;
    }

    /** Returns code for a parameter, whose value is taken at the start of each batch. */
    Code parameter(Expression.Parameter parameter) {
        return (Code) known.computeIfAbsent("parameter " + parameter, key -> {
            String name = name("p");
            Form form = Form.of(parameter.type());
            String isNull = name + "n";
            field("private boolean " + isNull);
            parameters.append(isNull + " = parameter(" + parameter.index() + ") == null;\n");
            String source = "parameter(" + parameter.index() + ")";
            if (form == Form.BYTES) {
                field("private final Slice " + name + " = new Slice()");
                parameters.append("if (!" + isNull + ") Boxes.toSlice(" + source + ", " + name + ");\n");
                return Code.bytes(parameter.type(), name, isNull);
            }
            field("private " + form.javaType + " " + name);
            parameters.append("if (!" + isNull + ") " + name + " = " + Boxing.unboxed(form, source) + ";\n");
            return Code.of(parameter.type(), name, isNull);
        });
    }

    /** Returns code for a column of the input, or a field inside columns of rows. */
    Code column(Expression source, Scope scope) {
        Loaded loaded = load(source);
        List<String> conditions = scope.nulls ? loaded.marks : List.of();
        String isNull = conditions.isEmpty() ? null : "(" + String.join("[row] | ", conditions) + "[row])";
        conditions.forEach(mark -> scope.uses("boolean[] " + mark));
        String name = loaded.name;
        DataType type = source.type();
        String value = switch (type.storage()) {
            case BYTES -> bytes(name, scope);
            case DECIMAL128 -> {
                scope.uses("long[] " + name + "h");
                scope.uses("long[] " + name + "l");
                yield "Decimals.of(" + name + "h[row], " + name + "l[row], " + Digits.scale(type) + ")";
            }
            case ARRAY, ROW -> "JavaValues.get(" + shared("DataType", type) + ", " + name + ", row)";
            default -> {
                scope.uses(arrayType(type.storage()) + " " + name);
                yield name + "[row]";
            }
        };
        return type.storage() == Storage.BYTES
                ? new Code(type, value, name + "s[row]", name + "e[row]", isNull)
                : Code.of(type, value, isNull);
    }

    /** Returns the field with a column of arrays or maps. */
    String nested(Expression source) {
        return load(source).name;
    }

    private static String bytes(String name, Scope scope) {
        scope.uses("byte[] " + name);
        scope.uses("int[] " + name + "s");
        scope.uses("int[] " + name + "e");
        return name;
    }

    private record Loaded(String name, List<String> marks) {}

    private Loaded load(Expression source) {
        Object found = known.get("column " + path(source));
        if (found != null) {
            return (Loaded) found;
        }
        List<String> marks = new ArrayList<>();
        if (source instanceof FieldAccess access) {
            marks.addAll(load(access.row()).marks);
        }
        String name = "c" + path(source);
        marks.add(name + "n");
        field("private boolean[] " + name + "n");
        loads.append("column = " + place(source) + ";\n")
                .append(name + "n = marks(column, in.size());\n")
                .append("nulls |= column.nulls() != null;\n");
        switch (source.type().storage()) {
            case BYTES -> {
                loadArray("byte[]", name, "((BytesColumn) column).data()");
                loadArray("int[]", name + "s", "((BytesColumn) column).starts()");
                loadArray("int[]", name + "e", "((BytesColumn) column).ends()");
            }
            case DECIMAL128 -> {
                loadArray("long[]", name + "h", "((Decimal128Column) column).high()");
                loadArray("long[]", name + "l", "((Decimal128Column) column).low()");
            }
            case ARRAY, ROW -> loadArray("Column", name, "column");
            default ->
                loadArray(
                        arrayType(source.type().storage()),
                        name,
                        "((" + Outputs.columnClass(source.type().storage()) + ") column).values()");
        }
        Loaded loaded = new Loaded(name, List.copyOf(marks));
        known.put("column " + path(source), loaded);
        return loaded;
    }

    private void loadArray(String javaType, String name, String source) {
        field("private " + javaType + " " + name);
        loads.append(name + " = " + source + ";\n");
    }

    /** Returns a name for a column by its place: {@code 3}, or {@code 3_1} for a field inside. */
    private static String path(Expression source) {
        return source instanceof FieldAccess access
                ? path(access.row()) + "_" + access.field()
                : String.valueOf(((Expression.Column) source).index());
    }

    private static String place(Expression source) {
        return source instanceof FieldAccess access
                ? "((RowColumn) " + place(access.row()) + ").field(" + access.field() + ")"
                : "in.column(" + ((Expression.Column) source).index() + ")";
    }

    static boolean isColumn(Expression source) {
        return source instanceof Expression.Column || (source instanceof FieldAccess access && isColumn(access.row()));
    }

    static String arrayType(Storage storage) {
        return switch (storage) {
            case BOOLEAN -> "boolean[]";
            case INT -> "int[]";
            case FLOAT -> "float[]";
            case DOUBLE -> "double[]";
            default -> "long[]";
        };
    }
}
