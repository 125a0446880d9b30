package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowBatchTest {

    private static final RowType EVERY_TYPE = RowType.of(
            Field.nullable("bool", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("int", DataType.INTEGER),
            Field.nullable("big", DataType.BIGINT),
            Field.nullable("real", DataType.REAL),
            Field.nullable("double", DataType.DOUBLE),
            Field.nullable("money", new DecimalType(10, 2)),
            Field.nullable("wide", new DecimalType(38, 4)),
            Field.nullable("text", DataType.VARCHAR),
            Field.nullable("date", DataType.DATE),
            Field.nullable("time", DataType.TIME),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("months", new IntervalType(true)),
            Field.nullable("span", new IntervalType(false)),
            Field.nullable("list", new ArrayType(DataType.VARCHAR, true)),
            Field.nullable("map", new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "row", RowType.of(Field.nullable("a", DataType.INTEGER), Field.nullable("b", DataType.VARCHAR))));

    private static final List<@Nullable Object> FULL = List.of(
            true,
            -128,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            -0.1,
            new BigDecimal("-12345678.90"),
            new BigDecimal("-1234567890123456789012345678901234.5678"),
            "müller\u0000🦔",
            LocalDate.of(-1, 1, 1),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            Instant.parse("2026-01-01T00:00:00.000001Z"),
            Period.ofMonths(-14),
            Duration.ofMillis(-1500),
            Arrays.asList("x", null, ""),
            Collections.singletonMap("k", null),
            Arrays.asList(7, null));

    private static final List<@Nullable Object> EMPTY = Collections.nCopies(EVERY_TYPE.size(), null);

    @Test
    void everyTypeReadsBackAsItWasSet() {
        RowBatch batch = RowBatch.create(EVERY_TYPE, 0);
        JavaValues.append(batch, FULL);
        JavaValues.append(batch, EMPTY);
        JavaValues.append(batch, FULL);
        assertThat(JavaValues.row(batch, 0)).isEqualTo(FULL);
        assertThat(JavaValues.row(batch, 1)).isEqualTo(EMPTY);
        assertThat(JavaValues.row(batch, 2)).isEqualTo(FULL);
    }

    @Test
    void compactCopiesJustTheSelectedRowsWithTheirWeights() {
        RowBatch batch = RowBatch.create(EVERY_TYPE, 4);
        for (int i = 0; i < 4; i++) {
            JavaValues.append(batch, i % 2 == 0 ? FULL : EMPTY);
        }
        batch.weightsForWriting(4)[3] = -1;
        batch.select(new int[] {0, 3}, 2);

        RowBatch compact = batch.compact();

        assertThat(compact.size()).isEqualTo(2);
        assertThat(JavaValues.row(compact, 0)).isEqualTo(FULL);
        assertThat(JavaValues.row(compact, 1)).isEqualTo(EMPTY);
        assertThat(compact.weight(0)).isEqualTo(1);
        assertThat(compact.weight(1)).isEqualTo(-1);
    }

    @Test
    void aClearedBatchRemembersNothing() {
        RowBatch batch = RowBatch.create(EVERY_TYPE, 2);
        JavaValues.append(batch, EMPTY);
        batch.weightsForWriting(1)[0] = -1;
        batch.clear();
        JavaValues.append(batch, FULL);
        assertThat(JavaValues.row(batch, 0)).isEqualTo(FULL);
        assertThat(batch.weights()).isNull();
        assertThat(batch.column(0).nulls()).isNull();
    }

    @Test
    void appendingToASharedColumnLeavesTheSharedArrayAlone() {
        byte[] shared = {1, 2, 3};
        BytesColumn column = new BytesColumn(2);
        column.share(shared);
        column.slice(0, 1, 3);
        column.append(1, new byte[] {9});
        assertThat(column.get(0)).containsExactly(2, 3);
        assertThat(column.get(1)).containsExactly(9);
        assertThat(shared).containsExactly(1, 2, 3);
        assertThat(Map.of(1, column.length(0), 2, column.length(1)))
                .containsEntry(1, 2)
                .containsEntry(2, 1);
    }
}
