package io.millrace.runtime.aggregate;

import io.millrace.runtime.sketch.DistinctSketch;
import io.millrace.runtime.sketch.FrequentSketch;
import io.millrace.runtime.sketch.FrequentSketch.Counted;
import io.millrace.runtime.sketch.Hash64;
import io.millrace.runtime.sketch.QuantileSketch;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.ValueCodec;
import io.millrace.runtime.state.ValueOrder;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The approximate functions, over rows that only come. */
final class Sketches {

    private Sketches() {}

    static Accumulator distinct(int argument) {
        StateWriter scratch = new StateWriter();
        return new SketchAccumulator<>(
                argument,
                DistinctSketch::new,
                (sketch, column, row) -> sketch.add(hash(column, row, scratch)),
                (sketch, out, row) -> Integers.write(sketch == null ? 0 : sketch.estimate(), out, row));
    }

    private static long hash(Column column, int row, StateWriter scratch) {
        return switch (column) {
            case LongColumn c -> Hash64.of(c.get(row));
            case IntColumn c -> Hash64.of(c.get(row));
            case BytesColumn c -> Hash64.of(c.data(), c.starts()[row], c.ends()[row]);
            default -> {
                scratch.clear();
                ValueCodec.write(column, row, scratch);
                yield Hash64.of(scratch.data(), 0, scratch.size());
            }
        };
    }

    static Accumulator quantile(int argument, DataType type, double share) {
        double[] shares = {share};
        return numbers(argument, type, (sketch, out, row) -> {
            if (sketch == null) {
                out.setNull(row);
            } else {
                ((DoubleColumn) out).set(row, sketch.quantiles(shares)[0]);
            }
        });
    }

    static Accumulator quantiles(int argument, DataType type, int parts) {
        double[] shares = new double[parts + 1];
        for (int i = 0; i <= parts; i++) {
            shares[i] = (double) i / parts;
        }
        return numbers(argument, type, (sketch, out, row) -> {
            if (sketch == null) {
                out.setNull(row);
            } else {
                writeAll(sketch.quantiles(shares), (ArrayColumn) out, row);
            }
        });
    }

    private static void writeAll(double[] values, ArrayColumn out, int row) {
        DoubleColumn numbers = (DoubleColumn) out.elements();
        int start = out.elementCount();
        numbers.ensureCapacity(start + values.length);
        for (int i = 0; i < values.length; i++) {
            numbers.set(start + i, values[i]);
        }
        out.range(row, start, start + values.length);
    }

    private static Accumulator numbers(int argument, DataType type, SketchAccumulator.Writing<QuantileSketch> writing) {
        return new SketchAccumulator<>(
                argument,
                QuantileSketch::new,
                (sketch, column, row) -> sketch.add(NumberWriter.read(type, column, row)),
                writing);
    }

    static Accumulator mostFrequent(int argument, DataType type, int count) {
        StateWriter scratch = new StateWriter();
        return new SketchAccumulator<>(
                argument,
                FrequentSketch::new,
                (sketch, column, row) -> {
                    scratch.clear();
                    ValueCodec.write(column, row, scratch);
                    sketch.add(scratch.toByteArray(), 1);
                },
                (sketch, out, row) -> writePairs(sketch, type, count, out, row));
    }

    private static void writePairs(@Nullable FrequentSketch sketch, DataType type, int count, Column out, int row) {
        if (sketch == null) {
            out.setNull(row);
            return;
        }
        List<Counted> all = sketch.mostFrequent();
        ArrayColumn array = (ArrayColumn) out;
        RowColumn pairs = (RowColumn) array.elements();
        int start = array.elementCount();
        int kept = Math.min(count, all.size());
        pairs.ensureCapacity(start + all.size());
        Column values = Column.create(type, all.size());
        int at = start;
        for (int place : byValue(all, values).stream().limit(kept).toList()) {
            pairs.field(0).copyFrom(values, place, at);
            ((LongColumn) pairs.field(1)).set(at++, all.get(place).count());
        }
        array.range(row, start, at);
    }

    /** Returns the places of the counted values, the most frequent first and equally frequent ones in their order. */
    private static List<Integer> byValue(List<Counted> all, Column values) {
        for (int i = 0; i < all.size(); i++) {
            ValueCodec.read(new StateReader(all.get(i).value()), values, i);
        }
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -all.get(i).count())
                        .thenComparing((a, b) -> ValueOrder.compare(values, a, values, b)))
                .toList();
    }
}
