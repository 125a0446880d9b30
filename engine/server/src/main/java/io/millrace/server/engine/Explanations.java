package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.json.PlanJson;
import io.millrace.plan.text.PlanText;
import io.millrace.runtime.operator.OperatorReport;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpReport;
import io.millrace.server.session.ResultCursor;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.ResultTypes;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answers of EXPLAIN: plans, and what their operators did. Safe for use by several threads. */
final class Explanations {

    private static final long ANSWER_WAIT_SECONDS = 10;

    private final LiveCatalog catalog;
    private final Running running;
    private final Queries queries;

    Explanations(LiveCatalog catalog, Running running, Queries queries) {
        this.catalog = catalog;
        this.running = running;
        this.queries = queries;
    }

    /**
     * Returns a plan as it is.
     *
     * @param details more lines to put below what a node does
     */
    static ResultCursor of(Plan plan, Options options, Function<PlanNode, List<String>> details) {
        return lines(json(options) ? PlanJson.writeIndented(plan) : PlanText.render(plan, details));
    }

    /** Runs a query that ends, and returns its plan with what each operator did. */
    static ResultCursor analyze(Plan plan, Options options, QueryCursor query) {
        long started = System.nanoTime();
        long rows = query.drain();
        double seconds = (System.nanoTime() - started) / 1e9;
        List<OperatorReport> operators = query.report();
        return lines(
                json(options)
                        ? MeasuredPlan.json(plan, operators, seconds)
                        : MeasuredPlan.text(
                                plan,
                                operators,
                                seconds,
                                String.format(Locale.ROOT, "%,d rows in %.3f s", rows, seconds),
                                query::scanReport));
    }

    /** Returns the plan of something that runs by itself. */
    ResultCursor running(Statement.ExplainRunning explain) {
        Plan plan = plan(explain.kind(), explain.name());
        if (!explain.analyze()) {
            return of(plan, explain.options(), queries.lanes(plan, List.of()));
        }
        PumpReport report = report(explain.kind(), explain.name());
        double seconds = report.nanosOpen() / 1e9;
        return lines(
                json(explain.options())
                        ? MeasuredPlan.json(plan, report.operators(), seconds)
                        : MeasuredPlan.text(plan, report.operators(), seconds, MeasuredPlan.head(report), id -> null));
    }

    private Plan plan(ObjectKind kind, String name) {
        Plan plan = switch (kind) {
            case PUMP -> {
                PumpDefinition pump = catalog.pump(name);
                yield pump == null ? null : pump.plan();
            }
            case VIEW -> {
                ViewDefinition view = catalog.view(name);
                yield view == null ? null : view.plan();
            }
            default -> planOfDelivery(name);
        };
        if (plan == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no " + words(kind) + " '" + name + "'");
        }
        return plan;
    }

    private @Nullable Plan planOfDelivery(String name) {
        DeliveryDefinition delivery = catalog.delivery(name);
        if (delivery == null) {
            return null;
        }
        DeliveredQuery query = delivery.query();
        if (query == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "delivery '" + name + "' takes its stream as it is: there is no plan to explain",
                    "SHOW DELIVERIES says what it has done");
        }
        return query.plan();
    }

    private PumpReport report(ObjectKind kind, String name) {
        running.awaitOpened(kind, name);
        Pump pump = switch (kind) {
            case PUMP -> running.pumps().find(name);
            case VIEW -> running.views().pump(name);
            default -> running.deliveries().pump(name);
        };
        String state = running.state(kind, name);
        if (pump == null || !state.equals("running")) {
            throw notRunning(kind, name, state);
        }
        try {
            return pump.report().get(ANSWER_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | CompletionException e) {
            throw notRunning(kind, name, running.state(kind, name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "the statement was cancelled");
        }
    }

    private static MillraceException notRunning(ObjectKind kind, String name, String state) {
        return new MillraceException(
                ErrorCode.WRONG_STATE,
                words(kind) + " '" + name + "' gives no answer; it is " + state,
                "leave ANALYZE out for the plan alone, or ask again when it runs");
    }

    private static String words(ObjectKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static boolean json(Options options) {
        String format = options.get("format", "text").toLowerCase(Locale.ROOT);
        return switch (format) {
            case "text" -> false;
            case "json" -> true;
            default -> throw Options.invalid("format", format, "text or json");
        };
    }

    private static ResultCursor lines(String text) {
        List<List<@Nullable Object>> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(List.of(line)));
        return ListCursor.of(ResultTypes.EXPLAIN, lines, "EXPLAIN");
    }
}
