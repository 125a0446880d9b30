package io.millrace.sql.catalog;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A catalog that shows what another one has; for those that show something more or less. */
public class ForwardingCatalog implements Catalog {

    private final Catalog around;

    protected ForwardingCatalog(Catalog around) {
        this.around = around;
    }

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
        return around.view(name);
    }

    @Override
    public @Nullable ExternalTable externalTable(String nameOrUrl) {
        return around.externalTable(nameOrUrl);
    }

    @Override
    public Collection<ExternalTable> externalTables() {
        return around.externalTables();
    }

    @Override
    public @Nullable StoredQuery storedQuery(String name) {
        return around.storedQuery(name);
    }

    @Override
    public Collection<StoredQuery> storedQueries() {
        return around.storedQueries();
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
