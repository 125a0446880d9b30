package io.millrace.runtime.view;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.Environment;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.spi.connector.Source;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewTaskTest {

    @TempDir
    private Path directory;

    private final Scenario scenario = new Scenario();
    private final RememberedChanges log = new RememberedChanges();
    private final MemorySource ticks = scenario.source("ticks", "0");
    private final Plan counts = endless(Scenario.aggregate("counts", scan("ticks", ARRIVAL), List.of(1), count()));

    private ViewTask open(Plan plan) {
        return open(plan, directory);
    }

    private ViewTask open(Plan plan, Path state) {
        return ViewTask.open("v", plan, scenario.environment(), state, PumpSettings.DEFAULT, log, () -> false);
    }

    private void tick(String ticker) {
        ticks.add("0", at(1), ticker, 1L, 1.0);
    }

    private static void run(ViewTask view) {
        while (view.pump().step()) {}
    }

    private static List<String> rows(RowBatch batch) {
        List<String> rows = new ArrayList<>(Scenario.texts(MemorySink.rowsOf(batch)));
        Collections.sort(rows);
        return rows;
    }

    @Test
    void holdsTheAnswerAsItIsNow() {
        try (ViewTask view = open(counts)) {
            tick("A");
            tick("B");
            tick("A");
            run(view);
            assertThat(rows(view.snapshot())).containsExactly("+1 A 2", "+1 B 1");
            tick("B");
            assertThat(rows(view.snapshot())).containsExactly("+1 A 2", "+1 B 1");
            run(view);
            assertThat(rows(view.snapshot())).containsExactly("+1 A 2", "+1 B 2");
            assertThat(view.rowCount()).isEqualTo(2);
        }
    }

    @Test
    void rowsThatAreThereSeveralTimesAreGivenSeveralTimes() {
        try (ViewTask view = open(names("ticks"))) {
            tick("A");
            tick("A");
            tick(null);
            run(view);
            assertThat(rows(view.snapshot())).containsExactly("+1 A", "+1 A", "+1 null");
        }
    }

    @Test
    void survivesClosingAndKilling() {
        tick("A");
        try (ViewTask view = open(counts)) {
            run(view);
        }
        tick("A");
        ViewTask killed = open(counts);
        run(killed);
        tick("B");
        run(killed);
        ViewTask again = open(counts);
        run(again);
        assertThat(rows(again.snapshot())).containsExactly("+1 A 2", "+1 B 1");
        again.close();
    }

    @Test
    void aLargeDifferenceIsToldInPartsEachOnce() {
        MemorySource others = scenario.source("others", "0");
        for (int i = 0; i < 70_000; i++) {
            tick("A" + i);
            others.add("0", at(1), "B" + i, 1L, 1.0);
        }
        try (ViewTask view = open(names("ticks"))) {
            run(view);
        }
        int steps = log.steps().size();
        log.failAfter(2);
        assertThatThrownBy(() -> open(names("others"))).hasMessageContaining("crash");
        assertThat(log.steps()).hasSize(steps + 2);
        try (ViewTask view = open(names("others"))) {
            run(view);
            assertThat(view.rowCount()).isEqualTo(70_000);
        }
        List<List<String>> parts = log.steps().subList(steps, steps + 3);
        assertThat(parts.stream().map(List::size)).containsExactly(1 << 16, 1 << 16, 140_000 - (2 << 16));
        assertThat(parts.stream().flatMap(List::stream).distinct()).hasSize(140_000);
    }

    /** Earlier versions gave the same query no time; its rows are there, even those that streams retain no longer. */
    @Test
    void keepsWhatWasStoredBeforeViewsHadATime() {
        for (int markedScans = 0; markedScans < 2; markedScans++) {
            String stream = "stream" + markedScans;
            MemorySource source = scenario.source(stream, "0");
            source.add("0", at(1), "A", 1L, 1.0);
            PlanNode.Scan timed = scan(stream, ARRIVAL);
            PlanNode.Scan before = new PlanNode.Scan(
                    timed.id(), stream, timed.rowType(), markedScans == 0 ? -1 : timed.rowtimeColumn(), ARRIVAL);
            Path state = directory.resolve(stream);
            try (ViewTask view = open(endless(before), state)) {
                run(view);
            }
            source.trim("0", 1);
            int steps = log.steps().size();
            for (int opened = 0; opened < 2; opened++) {
                try (ViewTask view = open(new Plan(timed, true, 0), state)) {
                    run(view);
                    assertThat(view.rowCount()).as(stream).isEqualTo(1);
                }
            }
            assertThat(log.steps()).hasSize(steps);
        }
    }

    private static Plan names(String stream) {
        return endless(new PlanNode.Project(
                "names",
                scan(stream, ARRIVAL),
                Scenario.TICKS.project(1),
                List.of(new io.millrace.plan.expression.Expression.Column(
                        1, Scenario.TICKS.field(1).type(), true))));
    }

    private Environment environment(Function<RowType, Source> source) {
        return new Environment(
                scenario.environment().expressions(),
                scan -> source.apply(scan.rowType()),
                scenario.clock(),
                scenario.environment().rejected(),
                List.of(),
                ZoneOffset.UTC);
    }

    /** A query that was planned for rows that stay would take the row that goes for another that comes. */
    @Test
    void rowsThatWereToStayAreNotTakenBackUnsaid() {
        try (ViewTask view = open(counts)) {
            tick("A");
            run(view);
            RowBatch changes = view.snapshot();
            changes.weightsForWriting(1)[0] = -1;
            PlanNode.Scan scan = new PlanNode.Scan("view", "v", changes.type(), -1, new Rowtime.Changing(false));
            try (RunningQuery query = RunningQuery.open(
                    endless(scan),
                    environment(columns -> new SnapshotSource(changes, columns)),
                    StartPosition.EARLIEST)) {
                assertThatThrownBy(query::next).hasMessageContaining("'v', whose rows stay, took back a row");
            }
        }
    }

    @Test
    void isReadByQueriesLikeAStream() {
        try (ViewTask view = open(counts)) {
            tick("A");
            tick("B");
            run(view);
            RowType reversed = view.rowType().project(1, 0);
            PlanNode.Scan scan = new PlanNode.Scan("view", "v", reversed, -1, ARRIVAL);
            try (RunningQuery query =
                    RunningQuery.open(new Plan(scan, false, -1), environment(view::source), StartPosition.EARLIEST)) {
                RowBatch batch = query.next();
                assertThat(batch).isNotNull();
                assertThat(rows(batch)).containsExactly("+1 1 A", "+1 1 B");
                assertThat(query.next()).isNull();
                assertThat(query.finished()).isTrue();
            }
        }
    }
}
