package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesColumnTest {

    private static final int ROWS = 300;

    @ParameterizedTest
    @ValueSource(ints = {12, 3_000, 40_000})
    void rowsOfAColumnInBlocksKeepWhatTheyWereSetToLast(int longest) {
        Random random = new Random(longest);
        BytesColumn column = BytesColumn.inBlocks(ROWS);
        byte[][] expected = new byte[ROWS][];
        for (int i = 0; i < 5_000; i++) {
            int row = random.nextInt(ROWS);
            byte[] value = new byte[random.nextInt(longest)];
            random.nextBytes(value);
            column.append(row, value);
            expected[row] = value;
        }
        for (int row = 0; row < ROWS; row++) {
            if (expected[row] != null) {
                assertThat(column.get(row)).isEqualTo(expected[row]);
            }
        }
        assertThat(column.inSeveral()).isEqualTo(longest > 12);
    }

    @Test
    void aValueTakesThePlaceOfALongerOne() {
        BytesColumn column = BytesColumn.inBlocks(2);
        column.append(0, "sixteen letters.");
        column.append(1, "others");
        int start = column.starts()[0];
        column.append(0, "fewer");
        assertThat(column.starts()[0]).isEqualTo(start);
        column.append(0, "fewer by more than eight");
        assertThat(column.starts()[0]).isNotEqualTo(start);
        assertThat(column.text(0)).isEqualTo("fewer by more than eight");
        assertThat(column.text(1)).isEqualTo("others");
    }

    @Test
    void bytesThatNoRowNeedsAreCounted() {
        BytesColumn column = BytesColumn.inBlocks(2);
        column.append(0, new byte[100]);
        assertThat(column.mostlyWasted(1)).isFalse();
        column.append(0, new byte[120]);
        assertThat(column.mostlyWasted(1)).isFalse();
        column.append(0, new byte[8]);
        assertThat(column.mostlyWasted(1)).isTrue();
        assertThat(column.mostlyWasted(1_000)).isFalse();
        column.clear();
        assertThat(column.mostlyWasted(1)).isFalse();
    }

    @Test
    void whatIsClearedLeavesNoPlaces() {
        BytesColumn column = BytesColumn.inBlocks(2);
        column.append(0, "first");
        column.append(1, "second");
        column.clear();
        column.append(1, "a");
        column.append(0, "b");
        assertThat(column.text(1)).isEqualTo("a");
        assertThat(column.text(0)).isEqualTo("b");
    }
}
