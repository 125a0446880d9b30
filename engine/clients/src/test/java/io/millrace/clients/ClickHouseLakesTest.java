package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse, as a library of Node, reads the tables of Iceberg and Delta that deliveries fill: every type, NULLs, nested values. */
@Tag("slow")
@Timeout(900)
final class ClickHouseLakesTest {

    private static final String ROWS = """
        1|true|-128|-32768|2147483647|1.5|-2.25|1234567.89|-99999999999999.9999|1234567890123456789012345678.0123456789|Größe|00FF10|1969-12-31|2026-01-31 23:59:59.123456|[1,NULL,3]
        2|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|[]
        3|true|-128|-32768|2147483647|1.5|-2.25|1234567.89|-99999999999999.9999|1234567890123456789012345678.0123456789|Größe|00FF10|1969-12-31|2026-01-31 23:59:59.123456|[1,NULL,3]
        4|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|[]
        """;

    private static final List<String> COLUMNS = List.of(
            "id",
            "flag",
            "tiny",
            "small",
            "whole",
            "single",
            "precise",
            "cents",
            "money",
            "huge",
            "name",
            "hex(raw)",
            "d",
            "wall",
            "numbers");

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private ClickHouse clickhouse;

    @BeforeEach
    void install() throws Exception {
        clickhouse = ClickHouse.require(directory);
    }

    @AfterEach
    void drop() throws Exception {
        EveryTypeTable.drop(SERVER);
    }

    @Test
    void aTableOfEveryTypeOfIcebergIsRead() throws Exception {
        EveryTypeTable.fill(SERVER, directory.resolve("lake"));
        assertThat(read("icebergLocal('lake/lake/every_type')")).isEqualTo(ROWS);
    }

    @Test
    void aTableOfEveryTypeOfDeltaIsRead() throws Exception {
        Path lake = directory.resolve("lake");
        EveryTypeTable.fill(SERVER, "'delta:" + lake.toUri() + "' WITH (partition_by = 'd', checkpoint_interval = 2,");
        assertThat(read("deltaLakeLocal('" + lake + "')")).isEqualTo(ROWS);
    }

    private String read(String table) throws Exception {
        String cells = COLUMNS.stream()
                .map(column -> "if(isNull(toString(" + column + ")), 'NULL', toString(" + column + "))")
                .collect(Collectors.joining(", '|', "));
        Path seen = clickhouse.query("TSVRaw", "SELECT concat(" + cells + ") FROM " + table + " ORDER BY id");
        clickhouse.run();
        return Files.readString(seen);
    }
}
