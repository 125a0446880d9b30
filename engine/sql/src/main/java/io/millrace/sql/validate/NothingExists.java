package io.millrace.sql.validate;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A catalog of nothing. */
final class NothingExists implements Catalog {

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return null;
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return null;
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
    public Collection<StreamDefinition> streams() {
        return List.of();
    }

    @Override
    public Collection<ViewDefinition> views() {
        return List.of();
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return List.of();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return List.of();
    }
}
