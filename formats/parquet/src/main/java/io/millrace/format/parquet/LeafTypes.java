package io.millrace.format.parquet;

import io.millrace.format.parquet.Assembler.Cell;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.Storage;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Which of our types a flat column of a file is, and how its values become ours. */
final class LeafTypes {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;

    private LeafTypes() {}

    /** @param asStored whether values are kept as they are stored */
    private record Read(DataType type, Cell cell, boolean asStored) {

        Read(DataType type, Cell cell) {
            this(type, cell, false);
        }
    }

    static Assembler.Leaf leaf(PrimitiveType column, boolean nullable, int defined) {
        Read read = read(column);
        return new Assembler.Leaf(column.getName(), read.type, nullable, defined, read.cell, read.asStored);
    }

    private static Read read(PrimitiveType column) {
        LogicalTypeAnnotation annotation = column.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(column, decimal);
        }
        return switch (column.getPrimitiveTypeName()) {
            case BOOLEAN ->
                new Read(DataType.BOOLEAN, (reader, to, row) -> ((BooleanColumn) to).set(row, reader.getBoolean()));
            case FLOAT ->
                new Read(DataType.REAL, (reader, to, row) -> ((FloatColumn) to).set(row, reader.getFloat()), true);
            case DOUBLE ->
                new Read(DataType.DOUBLE, (reader, to, row) -> ((DoubleColumn) to).set(row, reader.getDouble()), true);
            case INT32 -> int32(annotation);
            case INT64 -> int64(annotation);
            case INT96 -> new Read(DataType.TIMESTAMP, LeafTypes::oldTimestamp);
            case BINARY -> new Read(isText(annotation) ? DataType.VARCHAR : DataType.VARBINARY, LeafTypes::bytes, true);
            case FIXED_LEN_BYTE_ARRAY -> fixed(annotation);
        };
    }

    private static boolean isText(@Nullable LogicalTypeAnnotation annotation) {
        return annotation instanceof StringLogicalTypeAnnotation
                || annotation instanceof EnumLogicalTypeAnnotation
                || annotation instanceof JsonLogicalTypeAnnotation;
    }

    private static Read int32(@Nullable LogicalTypeAnnotation annotation) {
        Cell plain = (reader, to, row) -> ((IntColumn) to).set(row, reader.getInteger());
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return new Read(DataType.DATE, plain, true);
        }
        if (annotation instanceof TimeLogicalTypeAnnotation) {
            return new Read(DataType.TIME, (reader, to, row) -> setLong(to, row, reader.getInteger() * 1000L));
        }
        if (annotation instanceof IntLogicalTypeAnnotation t && !t.isSigned() && t.getBitWidth() == 32) {
            return new Read(
                    DataType.BIGINT,
                    (reader, to, row) -> setLong(to, row, Integer.toUnsignedLong(reader.getInteger())));
        }
        if (annotation instanceof IntLogicalTypeAnnotation t) {
            // An unsigned number needs the next wider type.
            int bits = t.isSigned() ? t.getBitWidth() : t.getBitWidth() * 2;
            return new Read(
                    bits == 8 ? DataType.TINYINT : bits == 16 ? DataType.SMALLINT : DataType.INTEGER, plain, true);
        }
        return new Read(DataType.INTEGER, plain, true);
    }

    private static Read int64(@Nullable LogicalTypeAnnotation annotation) {
        if (annotation instanceof TimestampLogicalTypeAnnotation t) {
            return new Read(
                    t.isAdjustedToUTC() ? DataType.TIMESTAMP_WITH_TIME_ZONE : DataType.TIMESTAMP,
                    micros(t.getUnit()),
                    t.getUnit() == TimeUnit.MICROS);
        }
        if (annotation instanceof TimeLogicalTypeAnnotation t) {
            return new Read(DataType.TIME, micros(t.getUnit()), t.getUnit() == TimeUnit.MICROS);
        }
        if (annotation instanceof IntLogicalTypeAnnotation t && !t.isSigned()) {
            return new Read(new DecimalType(20, 0), (reader, to, row) -> {
                Decimal128Column values = (Decimal128Column) to;
                values.high()[row] = 0;
                values.low()[row] = reader.getLong();
            });
        }
        return new Read(DataType.BIGINT, (reader, to, row) -> setLong(to, row, reader.getLong()), true);
    }

    private static Cell micros(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> (reader, to, row) -> setLong(to, row, Math.multiplyExact(reader.getLong(), 1000L));
            case MICROS -> (reader, to, row) -> setLong(to, row, reader.getLong());
            case NANOS -> (reader, to, row) -> setLong(to, row, Math.floorDiv(reader.getLong(), 1000L));
        };
    }

    private static void setLong(Column to, int row, long value) {
        ((LongColumn) to).set(row, value);
    }

    private static Read decimal(PrimitiveType column, DecimalLogicalTypeAnnotation annotation) {
        int precision = annotation.getPrecision();
        int scale = annotation.getScale();
        if (precision < 1 || precision > DataType.DECIMAL_PRECISION_MAX || scale < 0 || scale > precision) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "column '" + column.getName() + "' is a DECIMAL(" + precision + ", " + scale + ")",
                    "at most " + DataType.DECIMAL_PRECISION_MAX + " digits are possible");
        }
        DecimalType type = new DecimalType(precision, scale);
        return switch (column.getPrimitiveTypeName()) {
            case INT32 -> new Read(type, (reader, to, row) -> setDecimal(to, row, reader.getInteger()));
            case INT64 ->
                new Read(
                        type,
                        (reader, to, row) -> setDecimal(to, row, reader.getLong()),
                        type.storage() == Storage.LONG);
            default ->
                new Read(
                        type,
                        (reader, to, row) -> setDecimal(
                                to, row, new BigInteger(reader.getBinary().getBytesUnsafe())));
        };
    }

    private static void setDecimal(Column to, int row, long unscaled) {
        if (to instanceof LongColumn values) {
            values.set(row, unscaled);
        } else {
            Decimal128Column values = (Decimal128Column) to;
            values.high()[row] = unscaled >> 63;
            values.low()[row] = unscaled;
        }
    }

    private static void setDecimal(Column to, int row, BigInteger unscaled) {
        if (to instanceof LongColumn values) {
            values.set(row, unscaled.longValueExact());
        } else {
            ((Decimal128Column) to).set(row, unscaled);
        }
    }

    private static Read fixed(@Nullable LogicalTypeAnnotation annotation) {
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            return new Read(DataType.VARCHAR, (reader, to, row) -> {
                ByteBuffer bytes = reader.getBinary().toByteBuffer();
                String text = new UUID(bytes.getLong(), bytes.getLong()).toString();
                ((BytesColumn) to).append(row, text);
            });
        }
        if (annotation instanceof Float16LogicalTypeAnnotation) {
            return new Read(DataType.REAL, (reader, to, row) -> {
                ByteBuffer bytes = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                ((FloatColumn) to).set(row, Float.float16ToFloat(bytes.getShort()));
            });
        }
        return new Read(DataType.VARBINARY, LeafTypes::bytes);
    }

    private static void bytes(ColumnReader reader, Column to, int row) {
        Binary value = reader.getBinary();
        ByteBuffer bytes = value.toByteBuffer();
        BytesColumn values = (BytesColumn) to;
        int length = bytes.remaining();
        int at = values.reserve(length);
        bytes.get(values.data(), at, length);
        values.slice(row, at, at + length);
    }

    /** Nanoseconds of the day and a Julian day, little-endian: how Impala and old Spark wrote timestamps. */
    private static void oldTimestamp(ColumnReader reader, Column to, int row) {
        ByteBuffer bytes = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long days = bytes.getInt() - (long) JULIAN_DAY_OF_1970;
        setLong(to, row, days * MICROS_PER_DAY + Math.floorDiv(nanos, 1000L));
    }
}
