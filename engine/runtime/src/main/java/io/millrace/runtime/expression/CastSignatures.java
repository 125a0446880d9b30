package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;

/** Says between which types there are casts. */
final class CastSignatures {

    private CastSignatures() {}

    /** Tells whether values of one type can be cast to another. */
    static boolean accepts(DataType from, DataType to) {
        boolean nested = isNested(from) || isNested(to);
        if (nested) {
            return to instanceof CharacterType || acceptsNested(from, to);
        }
        if (from instanceof CharacterType || to instanceof CharacterType) {
            return true;
        }
        if (from instanceof BinaryType || to instanceof BinaryType) {
            return from instanceof BinaryType && to instanceof BinaryType;
        }
        if (Types.isInterval(from) || Types.isInterval(to)) {
            return from.equals(to);
        }
        if (Types.isDateTime(from) || Types.isDateTime(to)) {
            boolean both = Types.isDateTime(from) && Types.isDateTime(to);
            boolean dateAndTime = (from instanceof DateType && to instanceof TimeType)
                    || (from instanceof TimeType && to instanceof DateType);
            return both && !dateAndTime;
        }
        return true;
    }

    private static boolean acceptsNested(DataType from, DataType to) {
        if (from instanceof ArrayType a && to instanceof ArrayType b) {
            return accepts(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return accepts(a.key(), b.key()) && accepts(a.value(), b.value());
        }
        if (from instanceof RowType a && to instanceof RowType b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!accepts(a.field(i).type(), b.field(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof RowType;
    }
}
