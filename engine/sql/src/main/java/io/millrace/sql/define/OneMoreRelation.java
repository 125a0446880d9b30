package io.millrace.sql.define;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ForwardingCatalog;
import io.millrace.sql.catalog.ViewDefinition;
import org.jspecify.annotations.Nullable;

/** A catalog and a relation that only the statement knows which is being planned. */
final class OneMoreRelation extends ForwardingCatalog {

    private final ViewDefinition relation;

    OneMoreRelation(Catalog around, ViewDefinition relation) {
        super(around);
        this.relation = relation;
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return name.equals(relation.name()) ? relation : super.view(name);
    }
}
