package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the expression of a function sees: a relation of its parameters, and the functions there are. */
record ParameterCatalog(Catalog around, ViewDefinition parameters) implements Catalog {

    ParameterCatalog(Catalog around, String name, RowType parameters) {
        this(
                around,
                new ViewDefinition(
                        name, parameters, new Plan(new PlanNode.Values("", parameters, List.of()), false, -1), ""));
    }

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return null;
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return name.equals(parameters.name()) ? parameters : null;
    }

    @Override
    public @Nullable PumpDefinition pump(String name) {
        return null;
    }

    @Override
    public @Nullable DeliveryDefinition delivery(String name) {
        return null;
    }

    @Override
    public @Nullable FunctionDefinition function(String name) {
        // It cannot be what it is made of: at the next start it would not be there yet.
        return name.equalsIgnoreCase(parameters.name()) ? null : around.function(name);
    }

    @Override
    public Collection<StreamDefinition> streams() {
        return List.of();
    }

    @Override
    public Collection<ViewDefinition> views() {
        return List.of(parameters);
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return List.of();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return List.of();
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        return around.functions();
    }
}
