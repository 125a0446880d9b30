package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jOOQ, which writes PostgreSQL's dialect, with our driver and with PostgreSQL's. */
@Timeout(60)
final class JooqTest {

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("jOOQ");

    @Test
    void aQueryIsBuiltAndAnswered() throws Exception {
        section.isRunBy(JooqTest.class);
        section.shows(Printed.by(() -> run(SERVER.url())));
    }

    private static void run(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            System.out.println(
                    sql.select(field("ticker"), count(), max(field("price")).as("highest"))
                            .from(table("trades"))
                            .groupBy(field("ticker"))
                            .orderBy(field("ticker"))
                            .fetch());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void valuesGoInAndOutAsJavasTypes(String driver) throws Exception {
        String url = "jdbc:" + driver + "://127.0.0.1:" + SERVER.port() + "/millrace?user=millrace";
        try (Connection connection = DriverManager.getConnection(url)) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            String stream = "jooq_" + driver;
            sql.execute("CREATE STREAM " + stream + " (name VARCHAR, price DECIMAL(10, 2), size INTEGER)");
            sql.insertInto(
                            table(stream),
                            field("name", String.class),
                            field("price", BigDecimal.class),
                            field("size", Integer.class))
                    .values("a", new BigDecimal("1.50"), 3)
                    .values("b", null, 4)
                    .execute();
            assertThat(sql.select(field("price", BigDecimal.class))
                            .from(table(stream))
                            .where(field("size", Integer.class).ge(3))
                            .orderBy(field("name"))
                            .fetch(0, BigDecimal.class))
                    .containsExactly(new BigDecimal("1.50"), null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void itsModelOfTheDatabaseHasStreamsAndViews(String driver) throws Exception {
        String url = "jdbc:" + driver + "://127.0.0.1:" + SERVER.port() + "/millrace?user=millrace";
        try (Connection connection = DriverManager.getConnection(url)) {
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            assertThat(sql.meta().getTables("turnover").getFirst().fields())
                    .extracting(
                            field -> field.getName() + " " + field.getDataType().getTypeName())
                    .contains("trades bigint", "amount numeric")
                    .hasSize(3)
                    .first()
                    .asString()
                    .matches("ticker (varchar|text|clob)");
        }
    }
}
