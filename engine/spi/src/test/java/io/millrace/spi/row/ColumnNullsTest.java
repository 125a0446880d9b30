package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnNullsTest {

    private final LongColumn column = new LongColumn(4);

    @Test
    void marksTakenAwayDoNotComeBack() {
        column.setNull(2);
        column.nulls(null);
        column.setNull(1);
        assertThat(column.nulls()).containsExactly(false, true, false, false);
    }

    @Test
    void clearedMarksDoNotComeBack() {
        column.setNull(2);
        column.clear();
        assertThat(column.nulls()).isNull();
        column.setNull(1);
        assertThat(column.nulls()).containsExactly(false, true, false, false);
    }

    @Test
    void marksOfAnotherAreNeitherKeptNorChanged() {
        boolean[] marks = {true, true, true, true};
        column.nulls(marks);
        column.clear();
        column.setNull(0);
        assertThat(column.nulls()).containsExactly(true, false, false, false);
        assertThat(marks).containsOnly(true);
    }
}
