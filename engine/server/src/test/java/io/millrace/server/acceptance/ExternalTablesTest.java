package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.engine.FunctionRights;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE EXTERNAL TABLE. */
class ExternalTablesTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private String url;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory.resolve("data"));
        Path lake = Files.createDirectories(directory.resolve("lake"));
        url = lake.toUri() + "*.csv";
        Files.writeString(lake.resolve("a.csv"), "id,name,code\n1,one,007\n2,two,8\n");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void itsColumnsAreThoseOfItsFilesAndStay() throws Exception {
        assertThat(engine.tag("CREATE EXTERNAL TABLE t FROM '" + url + "'")).isEqualTo("CREATE EXTERNAL TABLE");
        engine.restart();
        Files.writeString(directory.resolve("lake/b.csv"), "more,name,id\nx,three,3\n");
        assertThat(engine.rows("SELECT * FROM t WHERE id >= 2 ORDER BY id")).containsExactly("2|two|8", "3|three|null");
        assertThat(engine.rows("SHOW CREATE EXTERNAL TABLE t"))
                .containsExactly("CREATE EXTERNAL TABLE t (\n    id BIGINT,\n    name VARCHAR,\n    code VARCHAR\n)\n"
                        + "FROM '" + url + "' WITH (header = 'true')");
        assertThat(engine.rows("SHOW TABLES")).containsExactly("t|null|null|files " + url);
        assertThat(engine.rows("DESCRIBE t")).hasSize(3);
        assertThat(engine.rows("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 't'"
                        + " ORDER BY ordinal_position"))
                .containsExactly("id|bigint", "name|text", "code|text");
        assertThat(engine.rows("SELECT relkind FROM pg_catalog.pg_class WHERE relname = 't'"))
                .containsExactly("r");
    }

    @Test
    void declaredColumnsAreCastToWhatIsDeclared() throws Exception {
        engine.run("CREATE EXTERNAL TABLE t (id VARCHAR, code DECIMAL(5, 1)) FROM '" + url + "' WITH (header = true)");
        assertThat(engine.rows("SELECT id || '!', code FROM t ORDER BY id")).containsExactly("1!|7.0", "2!|8.0");
        engine.run("CREATE OR REPLACE EXTERNAL TABLE t (name VARCHAR, id BIGINT) FROM '" + directory.toUri()
                + "semi.txt' WITH (format = 'csv', delimiter = ';')");
        Files.writeString(directory.resolve("semi.txt"), "x;1\ny;2\n");
        assertThat(engine.rows("SELECT SUM(id), MAX(name) FROM t")).containsExactly("3|y");
    }

    @Test
    void namesAreSharedWithStreamsTablesAndViews() {
        engine.run("CREATE STREAM s (a BIGINT)", "CREATE EXTERNAL TABLE t FROM '" + url + "'");
        assertThat(engine.failure("CREATE EXTERNAL TABLE s FROM '" + url + "'").code())
                .isEqualTo(ErrorCode.DUPLICATE_NAME);
        assertThat(engine.failure("CREATE TABLE T (a BIGINT)").getMessage())
                .contains("there is already an external table 'T'");
        assertThat(engine.failure("CREATE EXTERNAL TABLE t FROM '" + url + "'").code())
                .isEqualTo(ErrorCode.DUPLICATE_NAME);
        engine.run("CREATE EXTERNAL TABLE IF NOT EXISTS t FROM 'file:///nowhere/*.csv'");
        assertThat(engine.tag("DROP EXTERNAL TABLE t")).isEqualTo("DROP EXTERNAL TABLE");
        assertThat(engine.failure("SELECT * FROM t").code()).isEqualTo(ErrorCode.UNDEFINED_NAME);
        engine.restart();
        assertThat(engine.rows("SHOW TABLES")).isEmpty();
        engine.run("DROP EXTERNAL TABLE IF EXISTS t");
    }

    @Test
    void itIsReadAndNotWritten() {
        engine.run("CREATE EXTERNAL TABLE t FROM '" + url + "'");
        for (String write : List.of("INSERT INTO t VALUES (1, 'x', 'y')", "DELETE FROM t", "UPDATE t SET id = 1")) {
            assertThat(engine.failure(write).getMessage()).contains("'t' is made of files, which are only read");
        }
        assertThat(engine.failure("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM t")
                        .getMessage())
                .contains("files are read by queries that end");
    }

    @Test
    void whoMayReadFilesMakesItAndEverybodyReadsIt() {
        engine.close();
        try (Engine guarded = Engine.open(
                        directory.resolve("data"), EngineSettings.DEFAULT.withRights(FunctionRights.of("admin")));
                SqlSession admin = guarded.open("admin", "test");
                SqlSession other = guarded.open("other", "test")) {
            String create = "CREATE EXTERNAL TABLE t FROM '" + url + "'";
            assertThatThrownBy(() -> other.execute(other.prepare(create, List.of()), List.of()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
            admin.execute(admin.prepare(create, List.of()), List.of()).close();
            other.execute(other.prepare("SELECT COUNT(*) FROM t", List.of()), List.of())
                    .close();
        }
        engine = EngineFixture.open(directory.resolve("data"));
    }

    @Test
    void keysAreNotShown() {
        engine.run("CREATE EXTERNAL TABLE t (a BIGINT) FROM 's3://bucket/x/*.parquet' WITH (region = 'eu-central-1',"
                + " access_key_id = 'id', secret_access_key = 'very secret')");
        assertThat(engine.rows("SHOW CREATE EXTERNAL TABLE t").getFirst())
                .contains("region = 'eu-central-1'")
                .doesNotContain("very secret");
    }
}
