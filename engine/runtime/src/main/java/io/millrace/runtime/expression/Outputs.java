package io.millrace.runtime.expression;

import io.millrace.spi.type.Storage;

/** Code that writes values into columns. */
final class Outputs {

    private Outputs() {}

    static String columnClass(Storage storage) {
        return switch (storage) {
            case BOOLEAN -> "BooleanColumn";
            case INT -> "IntColumn";
            case LONG -> "LongColumn";
            case FLOAT -> "FloatColumn";
            case DOUBLE -> "DoubleColumn";
            case DECIMAL128 -> "Decimal128Column";
            case BYTES -> "BytesColumn";
            case ARRAY -> "ArrayColumn";
            case ROW -> "RowColumn";
        };
    }

    /** Returns what goes before the loop. */
    static String declaration(Code code) {
        Storage storage = code.type().storage();
        return switch (code.form()) {
            case BIG, BYTES -> "final " + columnClass(storage) + " out = (" + columnClass(storage) + ") target;\n";
            case OBJECT -> "";
            default ->
                "final " + BodyWriter.arrayType(storage) + " out = ((" + columnClass(storage) + ") target).values();\n";
        };
    }

    /** Returns the end of the loop's body. */
    static String store(Code code, BodyWriter body) {
        if (code.form() == Form.OBJECT) {
            String type = body.shared("DataType", code.type());
            String value =
                    code.isNull() == null ? code.value() : "(" + code.isNull() + " ? null : " + code.value() + ")";
            return "JavaValues.set(" + type + ", target, row, " + value + ");\n";
        }
        String write = switch (code.form()) {
            case BIG -> "out.set(row, " + code.value() + ".unscaledValue());\n";
            case BYTES -> "out.append(row, " + code.arguments() + ");\n";
            default -> "out[row] = " + code.value() + ";\n";
        };
        if (code.isNull() == null) {
            return write;
        }
        boolean guarded = code.form() == Form.BIG || code.form() == Form.BYTES;
        String isNull = code.isNull();
        return "marks[row] = " + isNull + ";\n" + (guarded ? "if (!" + isNull + ") " : "") + write;
    }
}
