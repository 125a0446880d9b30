package io.millrace.format.json;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.TimestampType;
import java.time.ZoneOffset;

/** Points in time; numbers count units since 1970. */
final class TimestampValue extends ScalarValue {

    private final boolean zoned;
    private final DecimalType inMicros;
    private final long resolution;

    /**
     * Makes a reader.
     *
     * @param unitDigits how many decimal digits lie between the unit and a microsecond
     */
    TimestampValue(String path, TimestampType type, int unitDigits) {
        super(path, type);
        this.zoned = type.zoned();
        this.inMicros = new DecimalType(DecimalType.LONG_PRECISION_MAX, unitDigits);
        long micros = 1;
        for (int i = type.precision(); i < 6; i++) {
            micros *= 10;
        }
        this.resolution = micros;
    }

    @Override
    void setText(byte[] text, int start, int end, Column target, int row) {
        long micros = zoned
                ? SqlText.parseInstant(text, start, end, ZoneOffset.UTC)
                : SqlText.parseTimestamp(text, start, end);
        set(micros, target, row);
    }

    @Override
    int passPlain(JsonScanner in, int at) {
        byte first = in.byteAt(at);
        if (first == '{' || first == '[' || first == 't' || first == 'f') {
            throw wrongKind(in, at);
        }
        return in.number(at);
    }

    @Override
    void setPlain(JsonScanner in, int at, Column target, int row) {
        set(in.number().unscaled(inMicros), target, row);
    }

    private void set(long micros, Column target, int row) {
        ((LongColumn) target).set(row, resolution == 1 ? micros : micros - Math.floorMod(micros, resolution));
        target.clearNull(row);
    }
}
