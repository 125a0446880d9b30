package io.millrace.sql;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A catalog in memory that carries out CREATE statements. */
final class TestingCatalog implements Catalog {

    private final Map<String, StreamDefinition> streams = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, ViewDefinition> views = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, PumpDefinition> pumps = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, DeliveryDefinition> deliveries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Returns a catalog with what a script creates. */
    static TestingCatalog of(String script) {
        TestingCatalog catalog = new TestingCatalog();
        SqlPlanner planner = new CalciteSqlPlanner(catalog);
        planner.split(script)
                .forEach(text ->
                        catalog.apply(planner.plan(text.text(), List.of()).statement()));
        return catalog;
    }

    void apply(Statement statement) {
        switch (statement) {
            case Statement.CreateStream create -> streams.put(create.stream().name(), create.stream());
            case Statement.CreateView create -> views.put(create.view().name(), create.view());
            case Statement.CreatePump create -> pumps.put(create.pump().name(), create.pump());
            case Statement.CreateDelivery create ->
                deliveries.put(create.delivery().name(), create.delivery());
            default -> throw new IllegalArgumentException("creates nothing: " + statement);
        }
    }

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return streams.get(name);
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return views.get(name);
    }

    @Override
    public @Nullable PumpDefinition pump(String name) {
        return pumps.get(name);
    }

    @Override
    public @Nullable DeliveryDefinition delivery(String name) {
        return deliveries.get(name);
    }

    @Override
    public Collection<StreamDefinition> streams() {
        return streams.values();
    }

    @Override
    public Collection<ViewDefinition> views() {
        return views.values();
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return pumps.values();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return deliveries.values();
    }
}
