package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.runtime.view.ViewTask;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says which materialized views that a query reads are not brought up to date at the moment: they answer with what they
 * have. Safe for use by several threads.
 */
final class FailingViews {

    private final LiveCatalog catalog;
    private final Function<String, @Nullable ViewTask> running;
    private final Function<String, @Nullable String> failures;

    /** @param failures says why the view of a name failed last, null where it runs */
    FailingViews(
            LiveCatalog catalog,
            Function<String, @Nullable ViewTask> running,
            Function<String, @Nullable String> failures) {
        this.catalog = catalog;
        this.running = running;
        this.failures = failures;
    }

    /** Returns a line for each failing view that a plan reads, itself or by way of other views. */
    List<String> readBy(Plan plan) {
        Set<String> reached = new LinkedHashSet<>();
        reach(plan, reached);
        List<String> lines = new ArrayList<>();
        for (String view : reached) {
            String failure = failures.apply(view);
            if (failure != null) {
                lines.add("view '" + view + "' is failing, and has its rows of " + step(view) + ": " + failure);
            }
        }
        return lines;
    }

    private void reach(Plan plan, Set<String> reached) {
        for (String name : CatalogUses.streamsOf(plan)) {
            ViewDefinition view = catalog.view(name);
            if (view != null && reached.add(view.name())) {
                reach(view.plan(), reached);
            }
        }
    }

    private String step(String view) {
        ViewTask task = running.apply(view);
        return task == null ? "before" : "step " + task.pump().status().step();
    }
}
