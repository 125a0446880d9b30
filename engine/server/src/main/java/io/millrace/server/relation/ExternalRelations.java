package io.millrace.server.relation;

import io.millrace.server.file.WatchOptions;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationFactory;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.ExternalTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds tables of other systems by the URLs of external tables. Safe for use by several threads. */
public final class ExternalRelations {

    private final Map<String, RelationFactory> factories = new TreeMap<>();

    private final RelationFiles files;

    /** @param files for tables that are made of files */
    public ExternalRelations(RelationFiles files) {
        this.files = files;
        ServiceLoader.load(RelationFactory.class, ExternalRelations.class.getClassLoader())
                .forEach(each -> each.schemes().forEach(scheme -> factories.put(scheme, each)));
    }

    /** Returns whether an external table is one of another system, and not of files. */
    public boolean has(String url) {
        return factory(url) != null;
    }

    /** Returns whether a URL alone says which table is meant. */
    public boolean namesTable(String url) {
        RelationFactory factory = factory(url);
        return factory != null && factory.ofFiles();
    }

    /**
     * Looks at the table that a URL names, and returns it as a relation of that name.
     *
     * @throws MillraceException as with {@link #define}
     */
    public ExternalTable look(String url) {
        RelationUrl.of(url, Options.NONE);
        ShownUrl.refuseSecrets(url, "give the table a name: CREATE EXTERNAL TABLE name FROM 'url' WITH (…)");
        ExternalTable named = named(url);
        try {
            return ExternalTable.of(url, nullable(open(named).columns()), url, Options.NONE, false);
        } catch (IOException e) {
            throw failed(named.name(), e);
        }
    }

    /** Returns the relation that a URL names, of which nothing is known yet. */
    public static ExternalTable named(String url) {
        return ExternalTable.of(url, new RowType(List.of()), url, Options.NONE, false);
    }

    private @Nullable RelationFactory factory(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? null : factories.get(url.substring(0, colon));
    }

    /**
     * Returns a table whose columns stay as they are: those that are declared, or else those that it has now.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} for bad options, {@code IO_ERROR} where the system does not
     *     answer
     */
    public ExternalTable define(ExternalTable asked) {
        Relation relation = open(asked);
        if (asked.declared()) {
            return asked;
        }
        try {
            return asked.found(nullable(relation.columns()), asked.options());
        } catch (IOException e) {
            throw failed(asked.name(), e);
        }
    }

    /** The catalog keeps names and types, and a query must have the same plan when it is read from there. */
    private static RowType nullable(RowType columns) {
        return new RowType(columns.fields().stream()
                .map(field -> Field.nullable(field.name(), field.type()))
                .toList());
    }

    /** Opens a scan of a table for a query that ends. */
    public static RelationSource scan(
            ExternalTable table,
            Relation relation,
            RowType wanted,
            List<RowCondition> conditions,
            List<ColumnBounds> bounds) {
        try {
            return new RelationSource(table.name(), relation.scan(wanted, conditions, bounds));
        } catch (IOException e) {
            throw failed(table.name(), e);
        }
    }

    /** Opens lookups for a query that goes on. */
    public RowLookup lookup(ExternalTable table, RowType wanted, List<String> keys) {
        return open(table).lookup(wanted, keys);
    }

    /** Returns the table, which all scans of one query are asked of. */
    public Relation open(ExternalTable table) {
        RelationFactory factory = factory(table.url());
        if (factory == null) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "there is nothing that reads '" + table.shownUrl() + "'",
                    "there are: " + String.join(", ", factories.keySet()));
        }
        if (!factory.ofFiles()) {
            return factory.open(setup(table.name(), table.url(), table.options(), table.options()));
        }
        if (WatchOptions.from(table.options()) != null && !factory.hasVersions()) {
            throw Options.invalid("watch_interval", table.options().get("watch_interval", ""), "it for files");
        }
        RelationUrl url =
                RelationUrl.of(table.url(), table.options().without(WatchOptions.NAMES.toArray(String[]::new)));
        String[] ofStores = files.storeOptions().toArray(String[]::new);
        return factory.open(
                setup(ShownUrl.of(table.name()), url.plain(), url.options().without(ofStores), url.options()));
    }

    private RelationSetup setup(String name, String url, Options own, Options all) {
        return new RelationSetup(name, url, own, files::tableFormat, place -> {
            ObjectStoreFactory factory = files.store(place);
            return factory.openToRead(place, all.only(factory.options()));
        });
    }

    static MillraceException failed(String table, IOException e) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "'" + table + "' cannot be read: " + e.getMessage(),
                "see that it can be reached from here, and give the statement again",
                e);
    }
}
