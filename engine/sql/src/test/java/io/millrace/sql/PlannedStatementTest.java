package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.json.PlanJson;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlannedStatementTest {

    private final TestingCatalog catalog = PlanGoldenTest.catalog();
    private final SqlPlanner planner = new CalciteSqlPlanner(catalog);

    @Test
    void everyPlanSurvivesJson() throws IOException {
        int plans = 0;
        for (Path file : PlanGoldenTest.files()) {
            Plan plan = planOrNull(PlanGoldenTest.statement(file));
            if (plan != null) {
                assertThat(PlanJson.read(PlanJson.write(plan)))
                        .as(file.toString())
                        .isEqualTo(plan);
                plans++;
            }
        }
        assertThat(plans).isGreaterThan(50);
    }

    @Test
    void everyPlanIsPlannedTheSameAgain() throws IOException {
        for (Path file : PlanGoldenTest.files()) {
            String statement = PlanGoldenTest.statement(file);
            assertThat(planOrNull(statement)).as(file.toString()).isEqualTo(planOrNull(statement));
        }
    }

    @Test
    void idsAreUniqueInEveryPlan() throws IOException {
        for (Path file : PlanGoldenTest.files()) {
            Plan plan = planOrNull(PlanGoldenTest.statement(file));
            if (plan != null) {
                List<String> ids = ids(plan.root());
                assertThat(new HashSet<>(ids)).as(file.toString()).hasSameSizeAs(ids);
            }
        }
    }

    @Test
    void anotherColumnElsewhereKeepsTheIdOfAWindow() {
        String before = "SELECT STREAM symbol, n FROM (SELECT symbol, window_end, COUNT(*) AS n"
                + " FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE))"
                + " GROUP BY symbol, window_start, window_end) AS t";
        String after = before.replace("STREAM symbol, n", "STREAM symbol, window_end, n + 1");
        assertThat(idOf(before, PlanNode.WindowAggregate.class)).isEqualTo(idOf(after, PlanNode.WindowAggregate.class));
        assertThat(idOf(before.replace("COUNT(*)", "SUM(quantity)"), PlanNode.WindowAggregate.class))
                .isNotEqualTo(idOf(before, PlanNode.WindowAggregate.class));
    }

    @Test
    void aStreamIsCreatedAgainByItsText() {
        for (String statement : List.of(
                "CREATE STREAM s (a INTEGER NOT NULL, \"odd name\" ROW(x INTEGER, \"Y\" VARCHAR(3)), c INTEGER ARRAY,"
                        + " d MAP<VARCHAR, DOUBLE>, e CHAR(3), t TIMESTAMP(3),"
                        + " WATERMARK FOR t AS t - INTERVAL '100.5' SECOND(3)) WITH (format = 'json', shards = 2)",
                "CREATE STREAM \"my-stream.1\" WITH (format = 'lines')",
                "CREATE STREAM z (t TIMESTAMP WITH LOCAL TIME ZONE, d DECIMAL(38, 3), WATERMARK FOR t AS t)")) {
            StreamDefinition stream =
                    ((Statement.CreateStream) planner.plan(statement, List.of()).statement()).stream();
            StreamDefinition again = ((Statement.CreateStream)
                            planner.plan(CreateText.of(stream), List.of()).statement())
                    .stream();
            assertThat(again.name()).isEqualTo(stream.name());
            assertThat(again.columns()).isEqualTo(stream.columns());
            assertThat(again.rowtime()).isEqualTo(stream.rowtime());
        }
    }

    @Test
    void textOfAStreamIsWhatAPersonWouldWrite() {
        String text =
                "CREATE STREAM s (\n    a INTEGER,\n    \"order\" VARCHAR,\n    t TIMESTAMP(6),\n    WATERMARK FOR t"
                        + " AS t - INTERVAL '%s'\n) WITH (idle_timeout = '%s', \"path.a\" = '$.b')";
        for (String[] times : List.of(
                new String[] {"5' SECOND", "5 s"},
                new String[] {"100.5' SECOND(3)", "1500 ms"},
                new String[] {"2' MINUTE", "10 min"},
                new String[] {"36' HOUR", "1 d"},
                new String[] {"400' DAY(3)", "0 s"})) {
            String written = text.formatted(times[0], times[1])
                    .replace(times[0] + "'", times[0])
                    .replace("\"path.a\"", "'path.a'");
            Statement.CreateStream create =
                    (Statement.CreateStream) planner.plan(written, List.of()).statement();
            assertThat(CreateText.of(create.stream())).isEqualTo(written);
        }
    }

    @Test
    void aPumpAndAViewAreCreatedAgainByTheirText() {
        Statement.CreatePump pump = (Statement.CreatePump) planner.plan(
                        "CREATE PUMP \"p 1\" STOPPED AS INSERT INTO per_minute (symbol) SELECT symbol FROM trades",
                        List.of())
                .statement();
        assertThat(planner.plan(CreateText.of(pump.pump()), List.of()).statement())
                .isEqualTo(pump);
        Statement.CreateView view = (Statement.CreateView) planner.plan(
                        "CREATE MATERIALIZED VIEW v AS SELECT symbol AS s, COUNT(*) AS n FROM trades GROUP BY symbol",
                        List.of())
                .statement();
        Statement.CreateView again = (Statement.CreateView)
                planner.plan(CreateText.of(view.view()), List.of()).statement();
        assertThat(again).isEqualTo(view);
    }

    @Test
    void parametersTakeTheTypesThatAreGiven() {
        String query = "SELECT symbol FROM trades WHERE quantity > $2 AND symbol = $1";
        assertThat(planner.plan(query, List.of()).parameterTypes()).containsExactly(DataType.VARCHAR, DataType.INTEGER);
        assertThat(planner.plan(query, Arrays.asList(null, DataType.BIGINT)).parameterTypes())
                .containsExactly(DataType.VARCHAR, DataType.BIGINT);
    }

    @Test
    void rowTypesOfQueriesHaveNoHiddenColumn() {
        assertThat(planner.plan("SELECT STREAM * FROM trades", List.of()).rowType())
                .isNotNull()
                .satisfies(type -> assertThat(type.fields().stream().map(Field::name))
                        .containsExactly("symbol", "price", "quantity", "traded"));
    }

    @Test
    void columnsWithoutAliasAreCalledAsPostgresqlCallsThem() {
        assertThat(labels("SELECT COUNT(*), symbol, MAX(price) AS top, SUM(quantity) FILTER (WHERE quantity > 1)"
                        + " FROM trades GROUP BY symbol"))
                .containsExactly("count", "symbol", "top", "sum");
        assertThat(labels("SELECT price + 1, CAST(price AS VARCHAR), CAST('5' AS INTEGER), UPPER(symbol), 1,"
                        + " CASE WHEN price > 1 THEN 1 END, COALESCE(price, 1) FROM trades ORDER BY 1 LIMIT 1"))
                .containsExactly("?column?", "price", "integer", "upper", "?column?", "case", "coalesce");
        assertThat(labels("SELECT COUNT(*) FROM trades UNION ALL SELECT SUM(quantity) FROM trades"))
                .containsExactly("count");
        assertThat(labels("WITH t AS (SELECT * FROM trades) SELECT UPPER(symbol), t.* FROM t"))
                .containsExactly("upper", "symbol", "price", "quantity", "traded");
        assertThat(labels("SELECT DISTINCT UPPER(symbol) FROM trades")).containsExactly("upper");
    }

    private List<String> labels(String query) {
        return planner.plan(query, List.of()).rowType().fields().stream()
                .map(Field::name)
                .toList();
    }

    @Test
    void deepNestingIsRefusedAndNotACrash() {
        String deep = "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " FROM trades";
        assertThatThrownBy(() -> planner.plan(deep, List.of())).isInstanceOf(MillraceException.class);
        String calls = "SELECT " + "ABS(".repeat(20_000) + "quantity" + ")".repeat(20_000) + " FROM trades";
        assertThatThrownBy(() -> planner.plan(calls, List.of())).hasMessage("the statement is nested too deeply");
    }

    @Test
    void manyConditionsArePlannedOrRefused() {
        for (int conditions = 250; conditions <= 8_000; conditions *= 2) {
            String many = "SELECT 1 FROM trades WHERE quantity = 1" + " OR quantity = 2".repeat(conditions);
            try {
                planner.plan(many, List.of());
            } catch (MillraceException e) {
                assertThat(e).hasMessage("the statement is nested too deeply");
            }
        }
    }

    private Plan planOrNull(String statement) {
        try {
            return PlanGoldenTest.plan(planner.plan(statement, List.of()).statement());
        } catch (MillraceException e) {
            return null;
        }
    }

    private String idOf(String query, Class<? extends PlanNode> kind) {
        return find(planOrNull(query).root(), kind).id();
    }

    private static PlanNode find(PlanNode node, Class<? extends PlanNode> kind) {
        return kind.isInstance(node) ? node : find(node.inputs().getFirst(), kind);
    }

    private static List<String> ids(PlanNode node) {
        List<String> ids = new ArrayList<>(List.of(node.id()));
        node.inputs().forEach(input -> ids.addAll(ids(input)));
        return ids;
    }
}
