package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;

/** Code for numbers as other numbers. */
final class Conversion {

    private final BodyWriter body;

    Conversion(BodyWriter body) {
        this.body = body;
    }

    static boolean isInteger(DataType type) {
        return type instanceof IntegerType;
    }

    String asDouble(Code code) {
        return switch (code.form()) {
            case DOUBLE -> code.value();
            case BIG -> code.value() + ".doubleValue()";
            default ->
                code.type() instanceof DecimalType ? asBig(code) + ".doubleValue()" : "((double) " + code.value() + ")";
        };
    }

    String asBig(Code code) {
        return switch (code.form()) {
            case BIG -> code.value();
            case FLOAT, DOUBLE -> "Decimals.of(" + code.value() + ")";
            default -> "java.math.BigDecimal.valueOf((long) " + code.value() + ", " + Digits.scale(code.type()) + ")";
        };
    }

    /** Returns the value of an integer. */
    static String asLong(Code code) {
        return code.form() == Form.LONG ? code.value() : "((long) " + code.value() + ")";
    }

    String ofDouble(String value, DataType type) {
        return switch (type) {
            case IntegerType integer -> narrowed("Numbers.toLong(" + value + ")", integer);
            case FloatingType floating -> floating.bits() == 64 ? value : "Numbers.toReal(" + value + ")";
            default -> ofBig("Decimals.of(" + value + ")", type);
        };
    }

    String ofBig(String value, DataType type) {
        return switch (type) {
            case IntegerType integer -> narrowed("Decimals.toLong(" + value + ")", integer);
            case FloatingType floating ->
                floating.bits() == 64 ? value + ".doubleValue()" : "Numbers.toReal(" + value + ")";
            default ->
                (Form.of(type) == Form.BIG ? "Decimals.fit(" : "Decimals.fitLong(") + value + ", "
                        + body.shared("DataType.DecimalType", type) + ")";
        };
    }

    /** Returns a long as a number of a type. */
    String ofLong(String value, DataType type) {
        return switch (type) {
            case IntegerType integer -> narrowed(value, integer);
            case FloatingType floating -> (floating.bits() == 64 ? "(double) (" : "(float) (") + value + ")";
            default ->
                Form.of(type) == Form.BIG
                        ? ofBig("java.math.BigDecimal.valueOf(" + value + ")", type)
                        : rescaled(value, 0, 19, (DecimalType) type);
        };
    }

    private static String narrowed(String value, IntegerType type) {
        return switch (type.bits()) {
            case 64 -> value;
            case 32 -> "Numbers.toInteger(" + value + ")";
            case 16 -> "Numbers.toSmallint(" + value + ")";
            default -> "Numbers.toTinyint(" + value + ")";
        };
    }

    /**
     * Returns an unscaled long at the scale of a type that lies in a long.
     *
     * @param digits how many digits the value has at most
     */
    static String rescaled(String value, int scale, int digits, DecimalType type) {
        int precision = type.precision();
        if (type.scale() == scale) {
            return digits <= precision ? value : "Decimals.check(" + value + ", " + precision + ")";
        }
        return type.scale() > scale
                ? "Decimals.scaleUp(" + value + ", " + (type.scale() - scale) + ", " + precision + ")"
                : "Decimals.check(Decimals.scaleDown(" + value + ", " + (scale - type.scale()) + "), " + precision
                        + ")";
    }

    /** Returns any number, or truth value, as a number of another type. */
    String number(Code code, DataType type) {
        if (code.form() == Form.BOOLEAN) {
            return ofLong("(" + code.value() + " ? 1L : 0L)", type);
        }
        if (code.type().equals(type)) {
            return code.value();
        }
        return switch (code.type()) {
            case FloatingType floating when type instanceof DecimalType -> ofBig(asBig(code), type);
            case FloatingType floating -> ofDouble(asDouble(code), type);
            case IntegerType integer ->
                type instanceof IntegerType wide && wide.bits() >= integer.bits()
                        ? (wide.bits() == 64 ? asLong(code) : code.value())
                        : ofLong(asLong(code), type);
            case DecimalType decimal
            when code.form() == Form.LONG && type instanceof DecimalType target && Form.of(type) == Form.LONG ->
                rescaled(code.value(), decimal.scale(), decimal.precision(), target);
            default -> ofBig(asBig(code), type);
        };
    }
}
