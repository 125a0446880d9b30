package io.millrace.server.engine;

import io.millrace.delivery.transform.Transformation;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What uses what: nothing is changed or dropped under who reads, writes or calls it. */
final class CatalogUses {

    private final LiveCatalog catalog;
    private final CatalogEntries entries;
    private final SqlPlanner planner;

    CatalogUses(LiveCatalog catalog, CatalogEntries entries, SqlPlanner planner) {
        this.catalog = catalog;
        this.entries = entries;
        this.planner = planner;
    }

    /** A function stays as long as a statement calls it that is carried out again at each start. */
    void refuseCalled(String function, String what) {
        List<String> callers = entries.all().stream()
                .filter(entry -> calls(entry, function))
                .map(CatalogUses::shown)
                .toList();
        refuseUsedBy(callers, "function", function, what);
    }

    private boolean calls(CatalogEntry entry, String function) {
        DeliveryDefinition delivery =
                entry.kind() == ObjectKind.DELIVERY ? catalog.deliveries.exact(entry.name()) : null;
        return planner.functions(entry.sql()).stream().anyMatch(function::equalsIgnoreCase)
                || (delivery != null
                        && Transformation.named(delivery.options())
                                .filter(function::equalsIgnoreCase)
                                .isPresent());
    }

    /** A view stays as it is while something that runs is made of it, by other views or itself. */
    void refuseRunningOver(String view, String what) {
        Set<String> reached = new LinkedHashSet<>(Set.of(view));
        Set<String> functions = new LinkedHashSet<>();
        List<String> running = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (CatalogEntry entry : entries.all()) {
                if (reached.stream().anyMatch(name -> names(entry, name))
                        || functions.stream().anyMatch(name -> calls(entry, name))) {
                    more |= switch (entry.kind()) {
                        case STORED_QUERY -> reached.add(entry.name());
                        case FUNCTION -> functions.add(entry.name());
                        default -> !running.contains(shown(entry)) && running.add(shown(entry));
                    };
                }
            }
        }
        refuseUsedBy(running, "view", view, what);
    }

    /** A view stays as long as something names it. */
    void refuseNamed(String view, String what) {
        List<String> users = entries.all().stream()
                .filter(entry -> names(entry, view))
                .map(CatalogUses::shown)
                .toList();
        refuseUsedBy(users, "view", view, what);
    }

    private boolean names(CatalogEntry entry, String relation) {
        return switch (entry.kind()) {
            case PUMP, VIEW, STORED_QUERY, DELIVERY, FUNCTION ->
                planner.relations(entry.sql()).stream().anyMatch(relation::equalsIgnoreCase);
            case STREAM, TABLE, EXTERNAL_TABLE -> false;
        };
    }

    private static String shown(CatalogEntry entry) {
        return CatalogNames.word(entry.kind()) + " " + entry.name();
    }

    /** Returns what reads or writes a stream, a table or a view, as people know it. */
    private List<String> usersOf(String stream) {
        List<String> users = new ArrayList<>();
        for (PumpDefinition pump : catalog.pumps.values()) {
            if (pump.target().equalsIgnoreCase(stream) || streamsOf(pump.plan()).contains(stream)) {
                users.add("pump " + pump.name());
            }
        }
        for (ViewDefinition view : catalog.views.values()) {
            ViewDefinition meant = catalog.meantViews.getOrDefault(view.name(), view);
            if (streamsOf(view.plan()).contains(stream)
                    || streamsOf(meant.plan()).contains(stream)) {
                users.add("view " + view.name());
            }
        }
        for (StoredQuery view : catalog.storedQueries.values()) {
            if (view.names(stream)) {
                users.add("view " + view.name());
            }
        }
        for (FunctionDefinition function : catalog.functions()) {
            if (function.code() instanceof OfRows rows && rows.names(stream)) {
                users.add("function " + function.name());
            }
        }
        for (DeliveryDefinition delivery : catalog.deliveries.values()) {
            if (sourcesOf(delivery).stream().anyMatch(stream::equalsIgnoreCase)) {
                users.add("delivery " + delivery.name());
            }
        }
        return users;
    }

    /** Returns the names of the streams that a delivery reads. */
    static Set<String> sourcesOf(DeliveryDefinition delivery) {
        DeliveredQuery query = delivery.query();
        return query == null ? Set.of(Objects.requireNonNull(delivery.source())) : streamsOf(query.plan());
    }

    /** Returns the names of the streams that a plan reads. */
    static Set<String> streamsOf(Plan plan) {
        Set<String> names = new LinkedHashSet<>();
        collect(plan.root(), names);
        return names;
    }

    private static void collect(PlanNode node, Set<String> names) {
        if (node instanceof PlanNode.Scan scan) {
            names.add(scan.stream());
        }
        node.inputs().forEach(input -> collect(input, names));
    }

    void refuseUsed(String kind, String name, String what) {
        refuseUsedBy(usersOf(name), kind, name, what);
    }

    private static void refuseUsedBy(List<String> users, String kind, String name, String what) {
        if (!users.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    kind + " '" + name + "' cannot be " + what + " while it is used by " + String.join(", ", users),
                    "drop " + (users.size() == 1 ? "that" : "those") + " first");
        }
    }
}
