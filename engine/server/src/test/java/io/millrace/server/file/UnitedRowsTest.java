package io.millrace.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitedRowsTest {

    @Test
    void typesAreWidenedEitherWay() {
        check(DataType.SMALLINT, DataType.BIGINT, DataType.BIGINT);
        check(DataType.INTEGER, new DecimalType(6, 2), new DecimalType(12, 2));
        check(new DecimalType(5, 4), new DecimalType(6, 1), new DecimalType(9, 4));
        check(DataType.REAL, DataType.INTEGER, DataType.DOUBLE);
        check(new DecimalType(30, 2), DataType.DOUBLE, DataType.DOUBLE);
        check(DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP);
        check(
                new ArrayType(DataType.INTEGER, false),
                new ArrayType(DataType.BIGINT, true),
                new ArrayType(DataType.BIGINT, true));
        check(
                RowType.of(Field.required("a", DataType.INTEGER)),
                RowType.of(Field.required("A", DataType.DOUBLE)),
                RowType.of(Field.nullable("a", DataType.DOUBLE)));
    }

    private static void check(DataType one, DataType other, DataType both) {
        assertThat(UnitedRows.both(one, other)).isEqualTo(both);
        if (!(one instanceof RowType)) {
            assertThat(UnitedRows.both(other, one)).isEqualTo(both);
        }
    }

    @Test
    void whatHasNoCommonTypeHasNone() {
        assertThat(UnitedRows.both(DataType.BIGINT, DataType.VARCHAR)).isNull();
        assertThat(UnitedRows.both(DataType.TIMESTAMP, DataType.TIMESTAMP_WITH_TIME_ZONE))
                .isNull();
        assertThat(UnitedRows.both(new DecimalType(38, 0), new DecimalType(38, 38)))
                .isNull();
    }

    @Test
    void theFilesThatDisagreeAreNamed() {
        UnitedRows rows = new UnitedRows();
        rows.add(RowType.of(Field.required("a", DataType.INTEGER)), "one");
        rows.add(RowType.of(Field.required("b", DataType.DATE), Field.required("A", DataType.BIGINT)), "two");
        assertThat(rows.type())
                .isEqualTo(RowType.of(Field.nullable("a", DataType.BIGINT), Field.nullable("b", DataType.DATE)));
        assertThatThrownBy(() -> rows.add(RowType.of(Field.nullable("a", DataType.BOOLEAN)), "three"))
                .isInstanceOf(MillraceException.class)
                .hasMessage("column 'a' is BIGINT in 'two' and BOOLEAN in 'three'");
    }

    @Test
    void foldersSayKeysAndValues() {
        assertThat(Partitions.keys("file:///lake/dt=2026-01-01/city=a%20b+c/k=__HIVE_DEFAULT_PARTITION__/x=1.parquet"))
                .containsExactly(
                        Map.entry("dt", "2026-01-01"),
                        Map.entry("city", "a b+c"),
                        new java.util.AbstractMap.SimpleEntry<>("k", null));
    }

    @Test
    void patternsKnowHowDeepTheyGo() {
        assertThat(FilePattern.of("file:///a/b.csv").exact()).isTrue();
        assertThat(FilePattern.of("file:///a/*.csv").depth()).isEqualTo(1);
        assertThat(FilePattern.of("s3://b/*/x/*.csv").depth()).isEqualTo(3);
        assertThat(FilePattern.of("s3://b/**.csv").depth()).isEqualTo(Integer.MAX_VALUE);
        assertThat(FilePattern.of("file:///a/").hides("_SUCCESS")).isTrue();
        assertThat(FilePattern.of("file:///a/**.csv").hides("b/.tmp/x.csv")).isTrue();
        assertThat(FilePattern.of("file:///a/**.csv").hides("__HIVE_DEFAULT_PARTITION__/x.csv"))
                .isFalse();
        assertThat(FilePattern.of("file:///a/_*.csv").hides("_x.csv")).isFalse();
        assertThat(FilePattern.of("file:///a/b.csv").hides("b.csv")).isFalse();
    }
}
