package io.millrace.sql.define;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A catalog and a relation that only the statement knows which is being planned. */
record OneMoreRelation(Catalog around, ViewDefinition relation) implements Catalog {

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return around.stream(name);
    }

    @Override
    public @Nullable TableDefinition table(String name) {
        return around.table(name);
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return name.equals(relation.name()) ? relation : around.view(name);
    }

    @Override
    public @Nullable PumpDefinition pump(String name) {
        return around.pump(name);
    }

    @Override
    public @Nullable DeliveryDefinition delivery(String name) {
        return around.delivery(name);
    }

    @Override
    public @Nullable FunctionDefinition function(String name) {
        return around.function(name);
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        return around.functions();
    }

    @Override
    public Collection<StreamDefinition> streams() {
        return around.streams();
    }

    @Override
    public Collection<TableDefinition> tables() {
        return around.tables();
    }

    @Override
    public Collection<ViewDefinition> views() {
        return around.views();
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return around.pumps();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return around.deliveries();
    }
}
