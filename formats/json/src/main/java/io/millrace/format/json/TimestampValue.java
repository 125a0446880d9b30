package io.millrace.format.json;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.TimestampType;

/** Points in time; numbers count units since 1970. */
final class TimestampValue extends ScalarValue {

    private final DecimalType inMicros;
    private final long resolution;

    /**
     * Makes a reader.
     *
     * @param unitDigits how many decimal digits lie between the unit and a microsecond
     */
    TimestampValue(String path, TimestampType type, int unitDigits) {
        super(path, type);
        this.inMicros = new DecimalType(DecimalType.LONG_PRECISION_MAX, unitDigits);
        long micros = 1;
        for (int i = type.precision(); i < 6; i++) {
            micros *= 10;
        }
        this.resolution = micros;
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
        long micros = in.number().unscaled(inMicros);
        ((LongColumn) target).set(row, micros - Math.floorMod(micros, resolution));
        target.clearNull(row);
    }
}
