package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.connector.RowCondition.OneOf;
import io.millrace.spi.type.DataType.RowType;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tables of H2, read. */
class H2ReadTest extends ReadContract {

    private final String name = UUID.randomUUID().toString();

    @Override
    String url() {
        return "jdbc:h2:mem:" + name + ";DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    }

    @Test
    void timesThatAreFinerThanHereAreComparedHere() throws Exception {
        execute(
                "CREATE TABLE fine (t TIMESTAMP(9), d TIME(9), m TIMESTAMP(6))",
                "INSERT INTO fine VALUES ('2026-01-01 00:00:00.123456789', '00:00:00.123456789',"
                        + " '2026-01-01 00:00:00.123456')");
        RowType type = table("table", "fine").columns();
        LocalDateTime time = LocalDateTime.of(2026, 1, 1, 0, 0, 0, 123_456_000);
        for (RowCondition condition : List.of(
                new Compared("t", Comparison.EQUAL, time),
                new Compared("t", Comparison.LESS_OR_EQUAL, time),
                new Compared("d", Comparison.EQUAL, LocalTime.of(0, 0, 0, 123_456_000)),
                new OneOf("m", List.of(time)))) {
            assertThat(read(table("table", "fine").scan(type, List.of(condition), List.of()), type))
                    .as("%s", condition)
                    .hasSize(1);
        }
    }
}
