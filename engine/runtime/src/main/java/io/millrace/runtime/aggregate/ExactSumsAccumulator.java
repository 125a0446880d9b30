package io.millrace.runtime.aggregate;

import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the sums of powers and products of numbers where rows can go again. The sums are exact, so that a row
 * that goes leaves no rounding behind, and a spread that is gone is zero.
 */
final class ExactSumsAccumulator extends Accumulator {

    private final int[] columns;
    private final DataType[] types;
    private final Powers powers;
    private final Writing writing;
    private final List<@Nullable Sums> groups = new ArrayList<>();

    /** Says which sums are kept: the products of a row's numbers that are added up. */
    interface Powers {
        BigDecimal[] of(BigDecimal[] numbers);
    }

    /** Writes a result of the sums. */
    interface Writing {
        void write(long count, boolean finite, BigDecimal[] sums, Column out, int row);
    }

    /** What a group holds. */
    private static final class Sums {
        long count;
        long unbounded;
        BigDecimal[] sums = {};
    }

    private ExactSumsAccumulator(List<Integer> columns, List<DataType> types, Powers powers, Writing writing) {
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.types = types.toArray(DataType[]::new);
        this.powers = powers;
        this.writing = writing;
    }

    static Accumulator ofRegression(Regression function, int y, DataType yType, int x, DataType xType) {
        Powers powers = numbers -> {
            BigDecimal v = numbers[0];
            BigDecimal u = numbers[1];
            return new BigDecimal[] {u, v, u.multiply(u), v.multiply(v), u.multiply(v)};
        };
        return new ExactSumsAccumulator(
                List.of(y, x),
                List.of(yType, xType),
                powers,
                (count, finite, s, out, row) -> ExactSpread.write(function, count, finite, s, out, row));
    }

    static Accumulator ofMoments(Moments function, int argument, DataType type) {
        Powers powers = numbers -> {
            BigDecimal u = numbers[0];
            BigDecimal square = u.multiply(u);
            return new BigDecimal[] {u, square, square.multiply(u), square.multiply(square)};
        };
        return new ExactSumsAccumulator(
                List.of(argument),
                List.of(type),
                powers,
                (count, finite, s, out, row) -> ExactSpread.write(function, count, finite, s, out, row));
    }

    @Override
    void grow(int count) {
        while (groups.size() < count) {
            groups.add(null);
        }
    }

    @Override
    void clear(int group) {
        groups.set(group, null);
    }

    @Override
    void add(GroupedRows rows) {
        double[] numbers = new double[columns.length];
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (read(rows, row, numbers)) {
                add(sums(rows.groups()[i]), numbers, rows.batch().weight(row));
            }
        }
    }

    private boolean read(GroupedRows rows, int row, double[] numbers) {
        for (int i = 0; i < columns.length; i++) {
            Column column = rows.column(columns[i]);
            if (column.isNull(row)) {
                return false;
            }
            numbers[i] = NumberWriter.read(types[i], column, row);
        }
        return true;
    }

    private void add(Sums group, double[] numbers, int weight) {
        group.count += weight;
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            group.unbounded += weight;
            return;
        }
        BigDecimal times = BigDecimal.valueOf(weight);
        BigDecimal[] more =
                powers.of(Arrays.stream(numbers).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new));
        for (int i = 0; i < more.length; i++) {
            more[i] = more[i].multiply(times);
        }
        add(group, more);
    }

    private static void add(Sums group, BigDecimal[] more) {
        if (group.sums.length == 0) {
            group.sums = more.clone();
            return;
        }
        for (int i = 0; i < more.length; i++) {
            BigDecimal sum = group.sums[i].add(more[i]);
            // A number with many digits that has gone again must not leave its zeros behind.
            group.sums[i] = sum.signum() == 0 ? BigDecimal.ZERO : sum;
        }
    }

    private Sums sums(int group) {
        Sums sums = groups.get(group);
        if (sums == null) {
            sums = new Sums();
            groups.set(group, sums);
        }
        return sums;
    }

    @Override
    void merge(Accumulator other, int[] targets, int count) {
        for (int i = 0; i < count; i++) {
            if (targets[i] >= 0) {
                mergeGroup(other, i, targets[i]);
            }
        }
    }

    void mergeGroup(Accumulator other, int from, int to) {
        Sums more = ((ExactSumsAccumulator) other).groups.get(from);
        if (more != null) {
            Sums target = sums(to);
            target.count += more.count;
            target.unbounded += more.unbounded;
            if (more.sums.length > 0) {
                add(target, more.sums);
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        Sums sums = groups.get(group);
        if (sums == null) {
            writing.write(0, true, new BigDecimal[0], out, row);
        } else {
            writing.write(sums.count, sums.unbounded == 0, sums.sums, out, row);
        }
    }

    @Override
    void save(int count, StateWriter out) {
        for (int group = 0; group < count; group++) {
            Sums sums = groups.get(group);
            out.writeBoolean(sums != null);
            if (sums != null) {
                out.writeLong(sums.count);
                out.writeLong(sums.unbounded);
                out.writeInt(sums.sums.length);
                for (BigDecimal sum : sums.sums) {
                    out.writeInt(sum.scale());
                    out.writeBytes(sum.unscaledValue().toByteArray());
                }
            }
        }
    }

    @Override
    void load(int count, StateReader in) {
        for (int group = 0; group < count; group++) {
            if (in.readBoolean()) {
                Sums sums = sums(group);
                sums.count = in.readLong();
                sums.unbounded = in.readLong();
                sums.sums = new BigDecimal[in.readCount(8)];
                for (int i = 0; i < sums.sums.length; i++) {
                    int scale = in.readInt();
                    sums.sums[i] = new BigDecimal(new java.math.BigInteger(in.readBytes()), scale);
                }
            }
        }
    }
}
