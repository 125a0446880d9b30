package io.millrace.runtime.expression;

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

/** Code between primitives and the objects of JavaValues. */
final class Boxing {

    private Boxing() {}

    /** Returns code for the object; the value is not NULL. */
    static String boxed(Code code) {
        String value = code.arguments();
        if (code.form() == Form.BIG || code.form() == Form.OBJECT) {
            return value;
        }
        DataType type = code.type();
        return switch (type) {
            case BooleanType t -> "Boxes.truth(" + value + ")";
            case IntegerType t -> (t.bits() == 64 ? "Boxes.bigint(" : "Boxes.integer(") + value + ")";
            case FloatingType t -> (t.bits() == 64 ? "Boxes.floating(" : "Boxes.real(") + value + ")";
            case DecimalType t -> "Boxes.decimal(" + value + ", " + t.scale() + ")";
            case CharacterType t -> "Boxes.text(" + value + ")";
            case BinaryType t -> "Boxes.binary(" + value + ")";
            case DateType t -> "Boxes.date(" + value + ")";
            case TimeType t -> "Boxes.time(" + value + ")";
            case TimestampType t -> (t.zoned() ? "Boxes.instant(" : "Boxes.timestamp(") + value + ")";
            case IntervalType t -> (t.months() ? "Boxes.months(" : "Boxes.interval(") + value + ")";
            case ArrayType t -> value;
            case MapType t -> value;
            case RowType t -> value;
        };
    }

    /** Returns code for the primitive of an object that is not null. Bytes go to a Slice instead. */
    static String unboxed(Form form, String object) {
        return switch (form) {
            case BOOLEAN -> "Boxes.toTruth(" + object + ")";
            case INT -> "Boxes.toInt(" + object + ")";
            case LONG -> "Boxes.toLong(" + object + ")";
            case FLOAT -> "Boxes.toReal(" + object + ")";
            case DOUBLE -> "Boxes.toDouble(" + object + ")";
            case BIG -> "(java.math.BigDecimal) " + object;
            case OBJECT -> object;
            case BYTES -> throw new IllegalStateException("bytes are no object");
        };
    }
}
