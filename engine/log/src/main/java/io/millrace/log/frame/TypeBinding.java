package io.millrace.log.frame;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Storage;

/**
 * Finds the reader for a stored type where another may be wanted. A declared length or precision may have
 * changed, an integer, a floating-point number or a decimal may have become wider; anything else would
 * give values that were not written.
 */
final class TypeBinding {

    private TypeBinding() {}

    static ColumnReader reader(DataType stored, DataType wanted, String name) {
        if (stored instanceof RowType s && wanted instanceof RowType w) {
            return new StorageReaders.Rows(new FieldReaders(s, w));
        }
        if (stored instanceof ArrayType s && wanted instanceof ArrayType w) {
            return new StorageReaders.Arrays(reader(s.element(), w.element(), name));
        }
        if (stored instanceof MapType s && wanted instanceof MapType w) {
            return new StorageReaders.Arrays(reader(s.entry(), w.entry(), name));
        }
        if (!readable(stored, wanted)) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "column " + name + " holds " + stored + " and is read as " + wanted,
                    "declare it as " + stored + ", or declare a new column and cast");
        }
        Column column = Column.create(wanted, 0);
        if (stored.storage() == wanted.storage()) {
            return StorageReaders.plain(column);
        }
        return widening(column);
    }

    private static ColumnReader widening(Column column) {
        return switch (column) {
            case LongColumn c -> new StorageReaders.IntsAsLongs(c);
            case DoubleColumn c -> new StorageReaders.FloatsAsDoubles(c);
            case Decimal128Column c -> new StorageReaders.LongsAsDecimals(c);
            default -> throw new IllegalArgumentException("no wider column than " + column.getClass());
        };
    }

    private static boolean readable(DataType stored, DataType wanted) {
        if (stored instanceof IntegerType s && wanted instanceof IntegerType w) {
            return s.bits() <= w.bits();
        }
        if (stored instanceof FloatingType s && wanted instanceof FloatingType w) {
            return s.bits() <= w.bits();
        }
        if (stored instanceof DecimalType s && wanted instanceof DecimalType w) {
            return s.scale() == w.scale() && (s.storage() == w.storage() || w.storage() == Storage.DECIMAL128);
        }
        if (stored instanceof TimestampType s && wanted instanceof TimestampType w) {
            return s.zoned() == w.zoned();
        }
        return stored.equals(wanted)
                || (stored instanceof CharacterType && wanted instanceof CharacterType)
                || (stored instanceof BinaryType && wanted instanceof BinaryType)
                || (stored instanceof TimeType && wanted instanceof TimeType);
    }
}
