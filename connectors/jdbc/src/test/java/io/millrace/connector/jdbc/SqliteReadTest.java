package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of SQLite, read. */
class SqliteReadTest extends ReadContract {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:sqlite:" + directory.resolve("things.db");
    }

    @Override
    String text() {
        return "TEXT";
    }

    @Test
    void aValueOfAnotherKindThanItsColumnsIsRefused() throws Exception {
        execute("UPDATE things SET n = 'many' WHERE id = 7");
        assertThatThrownBy(() -> read(COLUMNS))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("column 'n' has a value that is no BIGINT: many");
    }

    @Test
    void columnsOfAnyKindAreComparedHere() throws Exception {
        execute("CREATE TABLE loose (a, s STRING, b BLOB, v VARCHAR)", "INSERT INTO loose VALUES (5, '5', '5', 5)");
        for (String column : List.of("a", "s", "b", "v")) {
            RowType type = RowType.of(Field.nullable(column, DataType.VARCHAR));
            RowCondition five = new Compared(column, Comparison.EQUAL, "5");
            assertThat(read(table("table", "loose").scan(type, List.of(five), List.of()), type))
                    .as(column)
                    .hasSize(1);
        }
    }
}
