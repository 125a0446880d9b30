package io.millrace.sql.validate;

import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The way by which names in FROM reach {@link CatalogTables}: Calcite looks them up in a schema. */
final class CatalogSchema extends AbstractSchema {

    private final Function<String, @Nullable CatalogTable> tables;

    /** @param tables returns the table of a name, or null */
    CatalogSchema(Function<String, @Nullable CatalogTable> tables) {
        this.tables = tables;
    }

    @Override
    public Lookup<Table> tables() {
        return new Lookup<>() {
            @Override
            public @Nullable Table get(String name) {
                CatalogTable table = tables.apply(name);
                return table == null ? null : new Entry(table);
            }

            @Override
            public @Nullable Named<Table> getIgnoreCase(String name) {
                CatalogTable table = tables.apply(name);
                return table == null ? null : new Named<>(table.name(), new Entry(table));
            }

            @Override
            public Set<String> getNames(LikePattern pattern) {
                return Set.of();
            }
        };
    }

    /** A table in Calcite's schema: nothing but the way to ours. */
    static final class Entry extends AbstractTable {

        private final CatalogTable table;

        Entry(CatalogTable table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            return table.getRowType();
        }

        @Override
        public <C> @Nullable C unwrap(Class<C> type) {
            return type.isInstance(table) ? type.cast(table) : super.unwrap(type);
        }
    }
}
