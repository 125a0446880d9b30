package io.millrace.format.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
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
import io.millrace.spi.type.Field;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The Arrow schema of a row type, as a flat buffer. */
final class WriteSchema {

    /** Bits of every decimal that is written. */
    static final int DECIMAL_BITS = 128;

    private static final String INSTANT_ZONE = "UTC";

    private final FlatBufferBuilder out;

    private WriteSchema(FlatBufferBuilder out) {
        this.out = out;
    }

    /** Adds the schema to a flat buffer and returns its place there. */
    static int add(RowType type, FlatBufferBuilder out) {
        int fields = Schema.createFieldsVector(out, new WriteSchema(out).fields(type));
        return Schema.createSchema(out, Endianness.Little, fields, 0, 0);
    }

    private int[] fields(RowType type) {
        int[] fields = new int[type.size()];
        for (int i = 0; i < fields.length; i++) {
            Field field = type.field(i);
            fields[i] = field(field.name(), field.type(), field.nullable());
        }
        return fields;
    }

    private int field(String fieldName, DataType type, boolean nullable) {
        int children = org.apache.arrow.flatbuf.Field.createChildrenVector(out, children(type));
        int name = out.createString(fieldName);
        int form = form(type);
        return org.apache.arrow.flatbuf.Field.createField(out, name, nullable, kind(type), form, 0, children, 0);
    }

    private int[] children(DataType type) {
        return switch (type) {
            case ArrayType t -> new int[] {field("item", t.element(), t.elementNullable())};
            case MapType t -> new int[] {field("entries", t.entry(), false)};
            case RowType t -> fields(t);
            default -> new int[0];
        };
    }

    private static byte kind(DataType type) {
        return switch (type) {
            case BooleanType t -> Type.Bool;
            case IntegerType t -> Type.Int;
            case FloatingType t -> Type.FloatingPoint;
            case DecimalType t -> Type.Decimal;
            case CharacterType t -> Type.Utf8;
            case BinaryType t -> Type.Binary;
            case DateType t -> Type.Date;
            case TimeType t -> Type.Time;
            case TimestampType t -> Type.Timestamp;
            case IntervalType t -> t.months() ? Type.Interval : Type.Duration;
            case ArrayType t -> Type.List;
            case MapType t -> Type.Map;
            case RowType t -> Type.Struct_;
        };
    }

    private int form(DataType type) {
        return switch (type) {
            case BooleanType t -> nothing(Bool::startBool, Bool::endBool);
            case IntegerType t -> Int.createInt(out, t.bits(), true);
            case FloatingType t ->
                FloatingPoint.createFloatingPoint(out, t.bits() == 64 ? Precision.DOUBLE : Precision.SINGLE);
            case DecimalType t -> Decimal.createDecimal(out, t.precision(), t.scale(), DECIMAL_BITS);
            case CharacterType t -> nothing(Utf8::startUtf8, Utf8::endUtf8);
            case BinaryType t -> nothing(Binary::startBinary, Binary::endBinary);
            case DateType t -> Date.createDate(out, DateUnit.DAY);
            case TimeType t -> Time.createTime(out, TimeUnit.MICROSECOND, 64);
            case TimestampType t ->
                Timestamp.createTimestamp(out, TimeUnit.MICROSECOND, t.zoned() ? out.createString(INSTANT_ZONE) : 0);
            case IntervalType t ->
                t.months()
                        ? Interval.createInterval(out, IntervalUnit.YEAR_MONTH)
                        : Duration.createDuration(out, TimeUnit.MICROSECOND);
            case ArrayType t ->
                nothing(org.apache.arrow.flatbuf.List::startList, org.apache.arrow.flatbuf.List::endList);
            case MapType t -> org.apache.arrow.flatbuf.Map.createMap(out, false);
            case RowType t -> nothing(Struct_::startStruct_, Struct_::endStruct_);
        };
    }

    /** Adds a type that says nothing more than its name. */
    private int nothing(Start start, End end) {
        start.start(out);
        return end.end(out);
    }

    private interface Start {
        void start(FlatBufferBuilder out);
    }

    private interface End {
        int end(FlatBufferBuilder out);
    }
}
