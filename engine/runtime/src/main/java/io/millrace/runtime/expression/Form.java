package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Storage;

/** How generated code holds a value. */
enum Form {
    BOOLEAN("boolean", "false"),
    INT("int", "0"),
    LONG("long", "0L"),
    FLOAT("float", "0f"),
    DOUBLE("double", "0d"),
    /** Wide decimals, as BigDecimal of the type's scale. */
    BIG("java.math.BigDecimal", "null"),
    /** A part of an array: three expressions. */
    BYTES("Slice", "null"),
    /** Arrays, maps and rows, as in JavaValues. */
    OBJECT("Object", "null");

    final String javaType;
    final String zero;

    Form(String javaType, String zero) {
        this.javaType = javaType;
        this.zero = zero;
    }

    static Form of(DataType type) {
        Storage storage = type.storage();
        return switch (storage) {
            case BOOLEAN -> BOOLEAN;
            case INT -> INT;
            case LONG -> LONG;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case DECIMAL128 -> BIG;
            case BYTES -> BYTES;
            case ARRAY, ROW -> OBJECT;
        };
    }
}
