package io.millrace.sql.system.relation;

import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.TableDefinition.DefaultValue;
import io.millrace.sql.catalog.ViewDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A stream, a table or a view, as a relation of a schema.
 *
 * @param oid its number: made from its name, so it is the same after a restart
 * @param kind {@code r} for a stream or a table, external or not, {@code m} for a materialized view,
 *     {@code v} for a view that stands for its query
 * @param sql the query of a view, or null
 * @param table the table that it is, or null
 * @param keyOid the number of its primary key, index and constraint alike, or 0 where it has none
 */
public record UserRelation(
        long oid,
        String name,
        String kind,
        RowType columns,
        @Nullable String sql,
        @Nullable TableDefinition table,
        long keyOid) {

    /** PostgreSQL's own numbers are below this. */
    public static final long OID_MIN = 16_384;

    private static final long OID_MASK = 0x3fff_ffffL;

    /** Returns the schema that it lies in. */
    public String schema() {
        return Schemas.of(name);
    }

    private static UserRelation unnumbered(
            String name, String kind, RowType columns, @Nullable String sql, @Nullable TableDefinition table) {
        return new UserRelation(0, name, kind, columns, sql, table, 0);
    }

    /** Returns all streams, tables and views of a catalog, by name. */
    static List<UserRelation> all(Catalog catalog) {
        List<UserRelation> unnumbered = new ArrayList<>();
        for (StreamDefinition stream : catalog.streams()) {
            unnumbered.add(unnumbered(stream.name(), "r", stream.columns(), null, null));
        }
        for (TableDefinition table : catalog.tables()) {
            unnumbered.add(unnumbered(table.name(), "r", table.columns(), null, table));
        }
        for (ExternalTable table : catalog.externalTables()) {
            unnumbered.add(unnumbered(table.name(), "r", table.columns(), null, null));
        }
        for (ViewDefinition view : catalog.views()) {
            unnumbered.add(unnumbered(view.name(), "m", view.columns(), view.sql(), null));
        }
        for (StoredQuery view : catalog.storedQueries()) {
            unnumbered.add(unnumbered(view.name(), "v", view.columns(), view.sql(), null));
        }
        unnumbered.sort(Comparator.comparing(UserRelation::name));
        Set<Long> taken = new HashSet<>();
        return unnumbered.stream().map(relation -> relation.numbered(taken)).toList();
    }

    private UserRelation numbered(Set<Long> taken) {
        long keyNumber = key().isEmpty() ? 0 : number("i" + keyName(), taken);
        return new UserRelation(number(kind + name, taken), name, kind, columns, sql, table, keyNumber);
    }

    /** Returns a number made from a name, another one than those that are taken, and takes it. */
    static long number(String of, Set<Long> taken) {
        CRC32 hash = new CRC32();
        hash.update(of.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        long number = OID_MIN + (hash.getValue() & OID_MASK);
        while (!taken.add(number)) {
            number++;
        }
        return number;
    }

    /** Returns the places of the columns of its primary key; none where it has none. */
    public List<Integer> key() {
        return table == null ? List.of() : table.key();
    }

    /** Returns what DEFAULT says of the column at a place, or null where it says nothing. */
    public @Nullable String byDefault(int place) {
        DefaultValue value = table == null ? null : table.defaults().get(place);
        return value == null ? null : value.sql();
    }

    /** Returns what its primary key is called. */
    public String keyName() {
        return name + "_pkey";
    }

    /** Returns the statement that PostgreSQL would make the index of its primary key with. */
    public String keyDefinition() {
        return "CREATE UNIQUE INDEX " + Names.quoted(keyName()) + " ON public." + Names.quoted(name) + " USING btree "
                + keyColumns();
    }

    /** Returns the columns of its primary key as SQL writes them, with parentheses. */
    public String keyColumns() {
        return key().stream()
                .map(place -> Names.quoted(columns.field(place).name()))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
