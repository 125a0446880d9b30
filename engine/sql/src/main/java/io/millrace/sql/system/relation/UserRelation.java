package io.millrace.sql.system.relation;

import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A stream or a materialized view, as a relation of a schema.
 *
 * @param oid its number: made from its name, so it is the same after a restart
 * @param kind {@code r} for a stream, {@code m} for a materialized view
 * @param sql the query of a view, null for a stream
 */
public record UserRelation(
        long oid,
        String name,
        String kind,
        RowType columns,
        @Nullable String sql) {

    /** PostgreSQL's own numbers are below this. */
    public static final long OID_MIN = 16_384;

    private static final long OID_MASK = 0x3fff_ffffL;

    /** Returns the schema that it lies in. */
    public String schema() {
        return Schemas.of(name);
    }

    /** Returns all streams and views of a catalog, by name. */
    static List<UserRelation> all(Catalog catalog) {
        List<UserRelation> unnumbered = new ArrayList<>();
        for (StreamDefinition stream : catalog.streams()) {
            unnumbered.add(new UserRelation(0, stream.name(), "r", stream.columns(), null));
        }
        for (ViewDefinition view : catalog.views()) {
            unnumbered.add(new UserRelation(0, view.name(), "m", view.columns(), view.sql()));
        }
        unnumbered.sort(Comparator.comparing(UserRelation::name));
        Set<Long> taken = new HashSet<>();
        return unnumbered.stream().map(relation -> relation.numbered(taken)).toList();
    }

    private UserRelation numbered(Set<Long> taken) {
        return new UserRelation(number(kind + name, taken), name, kind, columns, sql);
    }

    /** Returns a number made from a name, another one than those that are taken, and takes it. */
    static long number(String name, Set<Long> taken) {
        CRC32 hash = new CRC32();
        hash.update(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        long number = OID_MIN + (hash.getValue() & OID_MASK);
        while (!taken.add(number)) {
            number++;
        }
        return number;
    }
}
