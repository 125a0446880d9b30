package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Spring's JdbcTemplate, with our driver and with PostgreSQL's. */
@Timeout(60)
final class SpringJdbcTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("Spring");

    @Test
    void aTemplateAsksWithParameters() throws Exception {
        section.isRunBy(SpringJdbcTest.class);
        section.shows(Printed.by(() -> run(SERVER.url())));
    }

    private static void run(String url) {
        JdbcTemplate template = new JdbcTemplate(new DriverManagerDataSource(url, "millrace", ""));
        String query = "SELECT ticker, trades, amount FROM turnover WHERE amount > ? ORDER BY ticker";
        template.queryForList(query, 1600).forEach(System.out::println);
    }

    private static JdbcTemplate template(String driver) {
        return new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:" + driver + "://127.0.0.1:" + SERVER.port() + "/millrace", "millrace", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void aBatchIsWrittenAndReadBack(String driver) {
        JdbcTemplate template = template(driver);
        template.execute("CREATE STREAM written_by_" + driver + " (name VARCHAR, price DECIMAL(10, 2))");
        List<Object[]> rows = List.of(new Object[] {"a", new BigDecimal("1.50")}, new Object[] {"b", null});
        template.batchUpdate("INSERT INTO written_by_" + driver + " (name, price) VALUES (?, ?)", rows);
        assertThat(template.query(
                        "SELECT name, price FROM written_by_" + driver + " ORDER BY name",
                        (row, number) -> number + " " + row.getString(1) + " " + row.getBigDecimal(2)))
                .containsExactly("0 a 1.50", "1 b null");
    }

    @Test
    void mostRowsEndAnEndlessStream() {
        JdbcTemplate template = template("millrace");
        template.setMaxRows(4);
        try (Stream<String> tickers =
                template.queryForStream("SELECT STREAM ticker FROM trades", (row, number) -> row.getString(1))) {
            assertThat(tickers).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void errorsAreTheClassesThatSpringMakesOfTheirStates(String driver) {
        JdbcTemplate template = template(driver);
        assertThatThrownBy(() -> template.queryForList("SELECT missing FROM trades"))
                .isInstanceOf(BadSqlGrammarException.class);
        assertThatThrownBy(() -> template.queryForList("SELECT * FROM missing"))
                .isInstanceOf(BadSqlGrammarException.class);
        assertThatThrownBy(() -> template.queryForList("SELECT CAST('x' AS INTEGER)"))
                .isInstanceOf(DataAccessException.class)
                .isNotInstanceOf(QueryTimeoutException.class);
    }
}
