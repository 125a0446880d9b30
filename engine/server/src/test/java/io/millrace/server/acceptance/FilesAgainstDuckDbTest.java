package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that DuckDB writes, and random filters over them that both answer. */
class FilesAgainstDuckDbTest {

    private static final int FILTERS = 120;

    /** A column, and how the value of row {@code i} of it is made. */
    private record Column(String name, String value) {}

    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private static final List<Column> COLUMNS = List.of(
            new Column("a", "i::INTEGER"),
            new Column("b", "(i // 100)::SMALLINT"),
            new Column("c", "i::BIGINT * 3000000000"),
            new Column("d", "CASE WHEN i % 997 = 0 THEN 'nan'::DOUBLE ELSE i / 8.0 END"),
            new Column("e", "(i / 4.0)::REAL"),
            new Column("f", "(i / 10.0)::DECIMAL(9, 1)"),
            new Column("g", "(i * 1000000000000::HUGEINT)::DECIMAL(30, 2)"),
            new Column("h", "'ü' || lpad(i::VARCHAR, 6, '0')"),
            new Column("k", "DATE '2026-01-01' + (i // 50)::INTEGER"),
            new Column("l", "TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i)"),
            new Column("m", "i % 4000 < 2000"),
            new Column("p", "7"));

    @TempDir
    Path directory;

    private EngineFixture engine;
    private Connection duckdb;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory.resolve("data"));
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws Exception {
        duckdb.close();
        engine.close();
    }

    private void execute(String sql) throws Exception {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private String answer(String sql) throws Exception {
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1) + "|" + rows.getObject(2);
        }
    }

    /** Rows in the order of {@code i} so that row groups differ, each value NULL now and then. */
    private void write(int file, int from, int to, Random random) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("lake/p=" + file));
        StringBuilder select = new StringBuilder("SELECT i AS id");
        for (Column column : COLUMNS) {
            if (!column.name().equals("p") && random.nextInt(12) > 0) {
                select.append(", CASE WHEN hash(i + ")
                        .append(random.nextInt(1000))
                        .append(") % 9 > 0 THEN ")
                        .append(column.value())
                        .append(" END AS ")
                        .append(column.name());
            }
        }
        execute("COPY (" + select + " FROM range(" + from + ", " + to + ") AS r(i)) TO '" + folder
                + "/x.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }

    private static String condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return "(" + condition(random, depth - 1) + (random.nextBoolean() ? " AND " : " OR ")
                    + condition(random, depth - 1) + ")";
        }
        Column column = COLUMNS.get(random.nextInt(COLUMNS.size()));
        return switch (random.nextInt(9)) {
            case 0 -> column.name() + " IS NULL";
            case 1 -> column.name() + " IS NOT NULL";
            case 2 -> column.name() + " IN (" + constant(column, random) + ", " + constant(column, random) + ")";
            case 3 -> column.name() + " BETWEEN " + constant(column, random) + " AND " + constant(column, random);
            case 4 -> constant(column, random) + " >= " + column.name();
            default ->
                column.name() + " " + List.of("=", "<", "<=", ">", ">=", "<>").get(random.nextInt(6)) + " "
                        + constant(column, random);
        };
    }

    private static String constant(Column column, Random random) {
        int near = random.nextInt(20_000);
        return switch (column.name()) {
            case "b" -> String.valueOf(near / 100);
            case "c" -> String.valueOf(near * 3_000_000_000L);
            case "d" -> "CAST(" + near / 8.0 + " AS DOUBLE)";
            case "e" -> "CAST(" + near / 4.0 + " AS REAL)";
            case "f" -> "CAST(" + near / 10.0 + " AS DECIMAL(9, 1))";
            case "g" -> "CAST('" + near + "000000000000' AS DECIMAL(30, 2))";
            case "h" -> String.format("'ü%06d'", near);
            case "k" -> "DATE '" + LocalDate.of(2026, 1, 1).plusDays(near / 50) + "'";
            case "l" -> "TIMESTAMP '" + START.plusSeconds(near).format(TIME) + "'";
            case "m" -> String.valueOf(random.nextBoolean());
            case "p" -> String.valueOf(near % 5);
            default -> String.valueOf(near);
        };
    }

    @Test
    void randomFiltersGiveTheSameRows() throws Exception {
        long seed = Long.getLong("files.seed", 20261129L);
        Random random = new Random(seed);
        for (int file = 0; file < 4; file++) {
            write(file, file * 5000, file * 5000 + 5000 + random.nextInt(500), random);
        }
        execute("CREATE VIEW t AS SELECT * FROM read_parquet('" + directory
                + "/lake/*/*.parquet', hive_partitioning = true, union_by_name = true)");
        String ours = "'" + directory.resolve("lake").toUri() + "**.parquet'";
        for (int i = 0; i < FILTERS; i++) {
            String where = condition(random, 3);
            String query = "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(id), 0) AS BIGINT) AS s FROM %s WHERE " + where;
            assertThat(engine.rows(query.replace("%s", ours)))
                    .as("seed %d, filter %d: %s", seed, i, where)
                    .containsExactly(answer(query.replace("%s", "t")));
        }
    }

    @Test
    void everyTypeOfDuckDbIsReadAsTheNearest() throws Exception {
        Path file = directory.resolve("all.parquet");
        execute("CREATE TYPE mood AS ENUM ('sad', 'glad')");
        execute("COPY (SELECT 1::TINYINT AS a, 200::UTINYINT AS b, 60000::USMALLINT AS c, 4000000000::UINTEGER AS d,"
                + " 18000000000000000000::UBIGINT AS e, true AS f, 1.5::REAL AS g, 2.5::DOUBLE AS h,"
                + " 12.34::DECIMAL(4, 2) AS i, 1234567890123456.78::DECIMAL(18, 2) AS j,"
                + " -12345678901234567890.5::DECIMAL(38, 1) AS k, 'text' AS l, '\\xAB\\x01'::BLOB AS m,"
                + " DATE '0001-02-03' AS n, TIME '23:59:59.999999' AS o, TIMESTAMP '1969-12-31 23:59:59.5' AS p,"
                + " '2026-01-01 12:00:00+02'::TIMESTAMPTZ AS q, TIMESTAMP_S '2026-01-01 00:00:01' AS r,"
                + " TIMESTAMP_MS '2026-01-01 00:00:00.001' AS s, TIMESTAMP_NS '2026-01-01 00:00:00.000001999' AS t,"
                + " '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID AS u, 'glad'::mood AS v, [1, NULL, 3] AS w,"
                + " {'x': 1, 'y': ['a']} AS y, MAP {'k': 1.5::DOUBLE} AS z, NULL::INTEGER AS nothing,"
                + " 170141183460469231731687303715884105727::HUGEINT AS big) TO '" + file + "' (FORMAT parquet)");
        assertThat(engine.rows("SELECT a, b, c, d, e, f, g, h, i, j, k, l, n, o, p, q, r, s, t, u, v, w, y, z, nothing"
                        + " FROM '" + file.toUri() + "'"))
                .containsExactly("1|200|60000|4000000000|18000000000000000000|true|1.5|2.5|12.34|1234567890123456.78"
                        + "|-12345678901234567890.5|text|0001-02-03|23:59:59.999999|1969-12-31T23:59:59.500"
                        + "|2026-01-01T10:00:00Z|2026-01-01T00:00:01|2026-01-01T00:00:00.001"
                        + "|2026-01-01T00:00:00.000001|4ac7a9e9-607c-4c8a-84f3-843f0191e3fd|glad|[1, null, 3]"
                        + "|[1, [a]]|{k=1.5}|null");
        assertThat(engine.rows("SELECT CAST(m AS VARCHAR), big > 1e38 FROM '" + file.toUri() + "'"))
                .containsExactly("\\xab01|true");
    }
}
