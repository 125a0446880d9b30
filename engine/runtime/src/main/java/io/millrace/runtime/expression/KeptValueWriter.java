package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;

/**
 * Writes the methods and the room of {@link KeptValues}: for each an array by row, and marks that say which rows have been
 * computed in this batch and which of them are NULL. So a value is computed where it is first needed, and not where a
 * condition or a CASE does not ask for it.
 */
final class KeptValueWriter {

    private static final int VALUE = 1;
    private static final int NULL = 2;

    private final BodyWriter body;

    KeptValueWriter(BodyWriter body) {
        this.body = body;
    }

    /**
     * The room of a value.
     *
     * @param values field with the values by row
     * @param marks field with 0 for rows that are not computed
     * @param slice field that bytes are read by, empty for others
     */
    private record Room(String values, String marks, String slice) {}

    /** Writes the use of a kept value. */
    Code write(Expression expression, ExpressionWriter writer) {
        Room room = body.once("room of", expression, () -> room(expression));
        boolean nulls = writer.scope.nulls;
        Method method = body.once("method with nulls " + nulls, expression, () -> method(expression, writer, room));
        writer.scope.line(method.name + "(row);");
        String isNull = method.nullable ? "(" + room.marks + "[row] == " + NULL + ")" : null;
        return room.slice.isEmpty()
                ? Code.of(expression.type(), room.values + "[row]", isNull)
                : Code.bytes(expression.type(), room.slice, isNull);
    }

    private Room room(Expression expression) {
        Form form = Form.of(expression.type());
        String values = body.name("w");
        String marks = values + "m";
        body.field("private byte[] " + marks + " = {}");
        body.load(marks + " = unmarked(" + marks + ", in.size());");
        if (form == Form.BYTES) {
            body.field("private BytesColumn " + values + " = new BytesColumn(0)");
            body.load(values + " = emptied(" + values + ", in.size());");
            return new Room(values, marks, body.slice());
        }
        body.field("private " + form.javaType + "[] " + values + " = {}");
        body.load("if (" + values + ".length < in.size()) " + values + " = new " + form.javaType + "[in.size()];");
        return new Room(values, marks, "");
    }

    private record Method(String name, boolean nullable) {}

    private Method method(Expression expression, ExpressionWriter user, Room room) {
        String name = body.name("m");
        Scope scope = new Scope(user.scope.nulls);
        Code code = user.within(scope).here(expression);
        String keep = room.slice.isEmpty() ? keepNumber(room, code) : keepBytes(room, code);
        body.method("""
            private void %s(int row) {
            if (%s[row] == 0) {
            %s%s}%s
            }
            """.formatted(
                        name,
                        room.marks,
                        scope.text(),
                        code.isNull() == null ? keep : keepUnlessNull(room, code, keep),
                        room.slice.isEmpty() ? "" : readBytes(room)));
        return new Method(name, code.isNull() != null);
    }

    private static String keepUnlessNull(Room room, Code code, String keep) {
        return "if (%s) {\n%s[row] = %d;\n} else {\n%s}\n".formatted(code.isNull(), room.marks, NULL, keep);
    }

    private static String keepNumber(Room room, Code code) {
        return "%s[row] = %s;\n%s[row] = %d;\n".formatted(room.values, code.value(), room.marks, VALUE);
    }

    /** Bytes for which there is no room are computed again. */
    private static String keepBytes(Room room, Code code) {
        return "%2$s.set(%3$s);\nif (hasRoom(%1$s, %2$s)) {\n%1$s.append(row, %3$s);\n%4$s[row] = %5$d;\n}\n"
                .formatted(room.values, room.slice, code.arguments(), room.marks, VALUE);
    }

    private static String readBytes(Room room) {
        return " else if (%2$s[row] == %4$d) {\n%3$s.set(%1$s.data(row), %1$s.starts()[row], %1$s.ends()[row]);\n}"
                .formatted(room.values, room.marks, room.slice, VALUE);
    }
}
