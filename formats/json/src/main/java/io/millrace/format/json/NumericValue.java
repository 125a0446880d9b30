package io.millrace.format.json;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.NumberScanner;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;

/** Numbers; {@code true} counts as 1 and {@code false} as 0. */
abstract class NumericValue extends ScalarValue {

    private static final byte[] ONE_AND_ZERO = {'1', '0'};

    private final NumberScanner truth = new NumberScanner();

    NumericValue(String path, DataType type) {
        super(path, type);
    }

    @Override
    final int passPlain(JsonScanner in, int at) {
        return switch (in.byteAt(at)) {
            case 't' -> in.literal(at, "true");
            case 'f' -> in.literal(at, "false");
            case '{', '[' -> throw wrongKind(in, at);
            default -> in.number(at);
        };
    }

    @Override
    final void setPlain(JsonScanner in, int at, Column target, int row) {
        byte first = in.byteAt(at);
        if (first > '9') {
            int digit = first == 't' ? 0 : 1;
            truth.scan(ONE_AND_ZERO, digit, digit + 1);
            set(truth, target, row);
        } else {
            set(in.number(), target, row);
        }
    }

    abstract void set(NumberScanner number, Column target, int row);

    static final class OfInteger extends NumericValue {
        private final int bits;

        OfInteger(String path, IntegerType type) {
            super(path, type);
            this.bits = type.bits();
        }

        @Override
        void set(NumberScanner number, Column target, int row) {
            number.setInteger(bits, target, row);
        }
    }

    static final class OfFloating extends NumericValue {
        OfFloating(String path, FloatingType type) {
            super(path, type);
        }

        @Override
        void set(NumberScanner number, Column target, int row) {
            number.setFloating(target, row);
        }
    }

    static final class OfDecimal extends NumericValue {
        private final DecimalType type;

        OfDecimal(String path, DecimalType type) {
            super(path, type);
            this.type = type;
        }

        @Override
        void set(NumberScanner number, Column target, int row) {
            number.setDecimal(type, target, row);
        }
    }
}
