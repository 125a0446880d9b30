package io.millrace.runtime.expression;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;

/** Says which types go together in arrays, maps and rows. */
final class CollectionSignatures {

    private CollectionSignatures() {}

    static boolean accept(CallTypes types) {
        int count = types.count();
        DataType result = types.result();
        DataType first = types.at(0);
        return switch (types.function()) {
            case ARRAY -> result instanceof ArrayType array && types.fitFrom(0, array.element());
            case MAP -> result instanceof MapType map && entries(types, map);
            case ROW -> result instanceof RowType row && fields(types, row);
            case ITEM -> count == 2 && item(first, types.at(1), result);
            case CARDINALITY ->
                count == 1 && (first instanceof ArrayType || first instanceof MapType) && Types.isInteger(result);
            case ARRAY_CONTAINS ->
                count == 2
                        && first instanceof ArrayType array
                        && Types.comparable(array.element(), types.at(1))
                        && Types.isBoolean(result);
            default -> false;
        };
    }

    private static boolean entries(CallTypes types, MapType map) {
        boolean fit = types.count() % 2 == 0;
        for (int i = 0; fit && i < types.count(); i += 2) {
            fit = types.fits(i, map.key()) && types.fits(i + 1, map.value());
        }
        return fit;
    }

    private static boolean fields(CallTypes types, RowType row) {
        boolean fit = types.count() == row.size();
        for (int i = 0; fit && i < row.size(); i++) {
            fit = types.fits(i, row.field(i).type());
        }
        return fit;
    }

    private static boolean item(DataType collection, DataType place, DataType result) {
        return switch (collection) {
            case ArrayType array -> Types.isInteger(place) && Types.sameForm(array.element(), result);
            case MapType map -> Types.comparable(map.key(), place) && Types.sameForm(map.value(), result);
            default -> false;
        };
    }
}
