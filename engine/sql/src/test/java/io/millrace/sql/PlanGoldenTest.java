package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.plan.text.PlanText;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plans every file of {@code src/test/resources/plan}: a statement, a line of dashes, and the plan or the
 * failure it leads to. {@code -Dplan.rewrite} writes what is below the dashes anew.
 */
final class PlanGoldenTest {

    private static final Path FILES = Path.of("src/test/resources/plan");
    private static final String DASHES = "\n----\n";

    private final SqlPlanner planner = new CalciteSqlPlanner(catalog());

    static TestingCatalog catalog() {
        try {
            return TestingCatalog.of(Files.readString(Path.of("src/test/resources/catalog.sql")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String statement(Path file) throws IOException {
        return Files.readString(file).split(DASHES, 2)[0];
    }

    @TestFactory
    Stream<DynamicTest> plansAreAsWritten() {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private void check(Path file) throws IOException {
        String statement = statement(file);
        String actual = statement + DASHES + outcome(statement, planner) + "\n";
        if (System.getProperty("plan.rewrite") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
        assertThat(file.getFileName().toString().startsWith("error_")).isEqualTo(actual.contains(DASHES + "ERROR "));
    }

    private static String outcome(String statement, SqlPlanner planner) {
        try {
            return describe(planner.plan(statement, List.of()));
        } catch (MillraceException e) {
            return "ERROR " + e.code() + ": " + e.describe() + (e.hint() == null ? "" : "\nHINT " + e.hint());
        }
    }

    private static String describe(Prepared prepared) {
        StringBuilder text = new StringBuilder();
        List<DataType> parameters = prepared.parameterTypes();
        if (!parameters.isEmpty()) {
            text.append("parameters ").append(parameters).append('\n');
        }
        return text.append(describe(prepared.statement())).toString();
    }

    private static String describe(Statement statement) {
        return switch (statement) {
            case Statement.Insert insert ->
                "insert into " + insert.target() + " " + insert.targetColumns() + "\n" + PlanText.render(insert.plan());
            case Statement.CreatePump create ->
                "pump " + create.pump().name() + " into " + create.pump().target() + " "
                        + create.pump().targetColumns()
                        + (create.pump().started() ? "" : ", stopped") + "\n"
                        + PlanText.render(create.pump().plan());
            case Statement.CreateView create ->
                "view " + create.view().name() + " " + create.view().columns() + "\n"
                        + PlanText.render(create.view().plan());
            case Statement.CreateDelivery create
            when create.delivery().query() != null ->
                "delivery " + create.delivery().name() + " "
                        + create.delivery().query().columns() + "\n"
                        + PlanText.render(create.delivery().query().plan());
            case Statement.CatalogQuery query -> "answered by the catalog";
            default -> {
                Plan plan = plan(statement);
                yield plan == null ? statement.toString() : PlanText.render(plan);
            }
        };
    }

    /** Returns the plan that a statement has, or null. */
    static Plan plan(Statement statement) {
        return switch (statement) {
            case Statement.Query query -> query.plan();
            case Statement.Insert insert -> insert.plan();
            case Statement.CreatePump create -> create.pump().plan();
            case Statement.CreateView create -> create.view().plan();
            case Statement.CreateDelivery create
            when create.delivery().query() != null -> create.delivery().query().plan();
            case Statement.Explain explain -> explain.plan();
            default -> null;
        };
    }
}
