package io.millrace.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Emission;
import io.millrace.plan.Frame;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
import io.millrace.plan.JoinType;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.OverCall;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.Rowtime;
import io.millrace.plan.SortKey;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanJsonTest {

    private static final RowType ROW =
            RowType.of(Field.required("a", DataType.BIGINT), Field.nullable("b", DataType.TIMESTAMP));
    private static final PlanNode SCAN =
            new PlanNode.Scan("scan-1", "s", ROW, 1, new Rowtime.EventTime("b", 5_000_000, 7));

    @Test
    void everyTypeSurvives() {
        List<DataType> types = List.of(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                new DecimalType(38, 10),
                DataType.VARCHAR,
                new CharacterType(3, true),
                new BinaryType(7, false),
                DataType.DATE,
                new TimeType(3),
                new TimestampType(0, true),
                new IntervalType(true),
                new IntervalType(false),
                new ArrayType(new ArrayType(DataType.INTEGER, false), true),
                new MapType(DataType.VARCHAR, ROW, true),
                ROW);
        assertKindsCovered(DataType.class, types);
        for (DataType type : types) {
            assertThat(TypeJson.read(TypeJson.write(type))).isEqualTo(type);
        }
    }

    @Test
    void everyExpressionSurvives() {
        Expression column = new Column(0, DataType.BIGINT, false);
        Expression row = new Column(1, ROW, true);
        List<Expression> expressions = List.of(
                new Literal(1, DataType.INTEGER),
                column,
                new Parameter(2, DataType.VARCHAR, true),
                new Call(ScalarFunction.PLUS, List.of(column, column), DataType.BIGINT, false),
                new UserCall(
                        new UserFunction("f", "com.example.F", "00ff", false), List.of(column), DataType.DATE, true),
                new Cast(column, DataType.VARCHAR, true, true),
                new Case(List.of(new Case.Branch(column, row)), row, ROW, true),
                new FieldAccess(row, 1, true));
        assertKindsCovered(Expression.class, expressions);
        for (Expression expression : expressions) {
            assertThat(ExpressionJson.read(ExpressionJson.write(expression))).isEqualTo(expression);
        }
    }

    @Test
    void everyKindOfConstantSurvives() {
        List<Literal> literals = List.of(
                new Literal(null, DataType.DATE),
                new Literal(true, DataType.BOOLEAN),
                new Literal(-5, DataType.SMALLINT),
                new Literal(Long.MIN_VALUE, DataType.BIGINT),
                new Literal(1.5f, DataType.REAL),
                new Literal(Double.NaN, DataType.DOUBLE),
                new Literal(Double.NEGATIVE_INFINITY, DataType.DOUBLE),
                new Literal(new BigDecimal("1234567890123456789012345678.0100"), new DecimalType(38, 4)),
                new Literal("né \"東京\"\n", DataType.VARCHAR),
                new Literal(LocalDate.of(2026, 1, 31), DataType.DATE),
                new Literal(LocalTime.of(1, 2, 3, 4000), DataType.TIME),
                new Literal(LocalDateTime.of(2026, 1, 31, 0, 0), DataType.TIMESTAMP),
                new Literal(Instant.ofEpochSecond(1, 1000), DataType.TIMESTAMP_WITH_TIME_ZONE),
                new Literal(Period.ofMonths(-14), new IntervalType(true)),
                new Literal(Duration.ofNanos(-1_000), new IntervalType(false)),
                new Literal(Arrays.asList(1, null), new ArrayType(DataType.INTEGER, true)),
                new Literal(Map.of("k", 2L), new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
                new Literal(Arrays.asList(3L, null), ROW));
        for (Literal literal : literals) {
            assertThat(ExpressionJson.read(ExpressionJson.write(literal))).isEqualTo(literal);
        }
        byte[] bytes = {0, -1, 7};
        Literal binary = (Literal) ExpressionJson.read(ExpressionJson.write(new Literal(bytes, DataType.VARBINARY)));
        assertThat((byte[]) binary.value()).isEqualTo(bytes);
    }

    @Test
    void everyOperatorSurvives() {
        Expression isSmall = new Call(
                ScalarFunction.LESS,
                List.of(new Column(0, DataType.BIGINT, false), new Literal(5L, DataType.BIGINT)),
                DataType.BOOLEAN,
                false);
        AggregateCall count = new AggregateCall(
                AggregateFunction.COUNT, List.of(), false, AggregateCall.NO_FILTER, DataType.BIGINT, false);
        AggregateCall sum = new AggregateCall(AggregateFunction.SUM, List.of(0), true, 0, DataType.BIGINT, true);
        WindowSpec window = new WindowSpec.Hopping(10, 5, 1);
        PlanNode.Closing closing =
                new PlanNode.Closing(0, new Column(0, DataType.TIMESTAMP, false), new Emission(true, 7));
        List<PlanNode> nodes = List.of(
                SCAN,
                new PlanNode.Scan("scan-2", "t", ROW, -1, new Rowtime.Arrival()),
                new PlanNode.Values(
                        "v",
                        ROW,
                        List.of(List.of(new Literal(1L, DataType.BIGINT), new Literal(null, DataType.TIMESTAMP)))),
                new PlanNode.Filter("f", SCAN, isSmall),
                new PlanNode.Project("p", SCAN, RowType.of(Field.required("x", DataType.BOOLEAN)), List.of(isSmall)),
                new PlanNode.Window("w", SCAN, ROW, 1, window, List.of()),
                new PlanNode.Window("ws", SCAN, ROW, 1, new WindowSpec.Session(5), List.of(0)),
                new PlanNode.Window("wc", SCAN, ROW, 1, new WindowSpec.Cumulating(60, 10, 2), List.of()),
                new PlanNode.WindowAggregate(
                        "wa", SCAN, ROW, 1, window, List.of(0), List.of(count, sum), Emission.ON_CLOSE),
                new PlanNode.Aggregate("a", SCAN, ROW, List.of(1, 0), List.of(sum), closing),
                new PlanNode.Aggregate("b", SCAN, ROW, List.of(), List.of(count), null),
                new PlanNode.Over(
                        "o",
                        SCAN,
                        ROW,
                        List.of(0),
                        List.of(new SortKey(1, false, true)),
                        List.of(
                                new OverCall.Aggregated(sum, new Frame(true, Frame.FIRST, 0)),
                                new OverCall.Aggregated(
                                        count, new Frame(Frame.Unit.RANGE, -60, 0, Frame.Exclusion.LATER)),
                                new OverCall.Picked(
                                        0,
                                        -1,
                                        true,
                                        new Frame(Frame.Unit.GROUPS, -2, Frame.LAST, Frame.Exclusion.TIES),
                                        DataType.BIGINT),
                                new OverCall.Shifted(0, -3, 1, false, DataType.BIGINT),
                                new OverCall.Ranked(OverCall.Ranking.NTILE, 4, DataType.BIGINT))),
                match(isSmall, sum),
                new PlanNode.Consolidate("cs", SCAN, 5),
                new PlanNode.Changes("ch", SCAN, ROW),
                new PlanNode.UnionAll("u", List.of(SCAN, SCAN)),
                new PlanNode.Sort("s", SCAN, List.of(new SortKey(1, true, false)), 3, -1),
                new PlanNode.Join(
                        "j",
                        SCAN,
                        SCAN,
                        ROW,
                        JoinType.FULL,
                        List.of(new JoinKey(0, 1, true)),
                        isSmall,
                        List.of(new JoinTime(1, 1, JoinTime.OPEN_BELOW, 5))),
                new PlanNode.Join("k", SCAN, SCAN, ROW, JoinType.SEMI, List.of(), null, List.of()),
                new PlanNode.Unnest("un", SCAN, ROW, 1, true, false),
                new PlanNode.TopN(
                        "n",
                        SCAN,
                        ROW,
                        List.of(0),
                        List.of(new SortKey(1, true, false)),
                        OverCall.Ranking.RANK,
                        2,
                        3,
                        0),
                new PlanNode.Repeat("r", SCAN, ROW, 1));
        assertKindsCovered(PlanNode.class, nodes);
        for (PlanNode node : nodes) {
            Plan plan = new Plan(node, true, 1);
            assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
            assertThat(PlanJson.read(PlanJson.writeIndented(plan))).isEqualTo(plan);
        }
    }

    private static PlanNode.Match match(Expression isSmall, AggregateCall sum) {
        RowPlace place = new RowPlace(List.of(0), true, 2, -1, true);
        List<MatchValue> values = List.of(
                new MatchValue.At(place, 0, DataType.BIGINT),
                new MatchValue.Here(1, DataType.TIMESTAMP),
                new MatchValue.Classifier(place, DataType.VARCHAR),
                new MatchValue.Exists(place),
                new MatchValue.Matched(),
                new MatchValue.MatchNumber(),
                new MatchValue.Aggregated(sum, List.of(0, 1), false));
        assertKindsCovered(MatchValue.class, values);
        RowPattern a = new RowPattern.Variable(0);
        RowPattern b = new RowPattern.Variable(1);
        List<RowPattern> patterns = List.of(
                a,
                new RowPattern.Alternation(List.of(a, b)),
                new RowPattern.Permutation(List.of(b, a)),
                new RowPattern.Quantified(a, 2, RowPattern.UNLIMITED, true),
                new RowPattern.Excluded(b));
        RowPattern pattern = new RowPattern.Sequence(patterns);
        List<RowPattern> all = new ArrayList<>(patterns);
        all.add(pattern);
        assertKindsCovered(RowPattern.class, all);
        MatchedRows rows = new MatchedRows(
                pattern,
                true,
                false,
                5,
                List.of(new PatternVariable("A", isSmall, values), new PatternVariable("B", null, List.of())),
                RowsPerMatch.ALL_OMITTING_EMPTY,
                new AfterMatch(AfterMatch.Target.LAST, List.of(1)));
        return new PlanNode.Match(
                "m",
                SCAN,
                ROW,
                List.of(0),
                List.of(new SortKey(1, false, true)),
                rows,
                List.of(1),
                values,
                List.of(isSmall));
    }

    @Test
    void theFormStaysAsItIs() {
        PlanNode scan = new PlanNode.Scan(
                "scan-1", "s", RowType.of(Field.required("a", DataType.INTEGER)), -1, new Rowtime.Arrival());
        assertThat(PlanJson.write(new Plan(scan, false, -1)))
                .isEqualTo("{\"version\":1,\"endless\":false,\"rowtimeColumn\":-1,\"root\":{\"node\":\"scan\","
                               + "\"id\":\"scan-1\",\"stream\":\"s\",\"rowType\":{\"type\":\"row\",\"fields\":[{\"name\":\"a\","
                               + "\"type\":{\"type\":\"integer\",\"bits\":32},\"nullable\":false}]},\"rowtimeColumn\":-1,"
                               + "\"rowtime\":{\"kind\":\"arrival\"},\"inputs\":[]}}");
    }

    @Test
    void whatIsNoPlanIsRefusedWithTheReason() {
        assertThatThrownBy(() -> PlanJson.read("{")).isInstanceOf(MillraceException.class);
        assertThatThrownBy(() -> PlanJson.read("{}")).hasMessageContaining("no 'version'");
        assertThatThrownBy(() -> PlanJson.read("{\"version\":9}")).hasMessageContaining("version 9");
        String strange = PlanJson.write(new Plan(SCAN, true, -1)).replace("\"scan\"", "\"scam\"");
        assertThatThrownBy(() -> PlanJson.read(strange)).hasMessageContaining("unknown operator 'scam'");
    }

    /** Holds the lists above to the sealed interface: one that is added is missing here until it is listed. */
    private static void assertKindsCovered(Class<?> sealed, List<?> values) {
        Set<Class<?>> covered = new HashSet<>();
        values.forEach(value -> covered.add(value.getClass()));
        assertThat(covered).containsAll(new ArrayList<>(List.of(sealed.getPermittedSubclasses())));
    }
}
