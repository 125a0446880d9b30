package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.server.file.ExternalFiles;
import io.millrace.server.file.FileRelation;
import io.millrace.server.file.FileSource;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.server.relation.RelationSource;
import io.millrace.spi.Options;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Source;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.sql.catalog.ExternalTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the scans of external tables of one plan, which sees the same files wherever it names them. For one thread. */
final class ExternalScans {

    private final LiveCatalog catalog;
    private final ExternalFiles files;
    private final ExternalRelations others;
    private final Map<String, List<ColumnBounds>> bounds;
    private final Map<String, List<RowCondition>> conditions;
    private final Map<String, FileRelation> relations = new HashMap<>();
    private final Map<String, Relation> asked = new HashMap<>();
    private final Map<String, Supplier<String>> reports = new HashMap<>();

    /**
     * @param bounds what is asked of the rows of scans, by their ids, in the form that files understand
     * @param conditions likewise, in the form that other systems are asked in
     */
    ExternalScans(
            LiveCatalog catalog,
            ExternalFiles files,
            ExternalRelations others,
            Map<String, List<ColumnBounds>> bounds,
            Map<String, List<RowCondition>> conditions) {
        this.catalog = catalog;
        this.files = files;
        this.others = others;
        this.bounds = bounds;
        this.conditions = conditions;
    }

    /** Returns whether a scan is one of files, or of another system's table. */
    static boolean isExternal(PlanNode.Scan scan, LiveCatalog catalog) {
        return catalog.stream(scan.stream()) == null
                && !readsCopies(scan)
                && (ExternalTable.isUrl(scan.stream()) || catalog.externalTable(scan.stream()) != null);
    }

    /** Returns whether a scan reads, if it is one of files, what has been copied of them: it is of a query that goes on. */
    static boolean readsCopies(PlanNode.Scan scan) {
        return scan.rowtime() instanceof Rowtime.Arrival || scan.rowtime() instanceof Rowtime.EventTime;
    }

    boolean has(PlanNode.Scan scan) {
        return isExternal(scan, catalog);
    }

    Source open(PlanNode.Scan scan) {
        ExternalTable table = other(scan.stream());
        if (table != null) {
            RelationSource source = relation(table, scan);
            reports.put(scan.id(), source::report);
            return source;
        }
        FileRelation relation = relations.computeIfAbsent(scan.stream(), name -> files.open(table(name)));
        FileSource source = relation.source(scan.rowType(), bounds.getOrDefault(scan.id(), List.of()));
        reports.put(scan.id(), () -> source.report().toString());
        return source;
    }

    /** Opens what a scan asks for by key. */
    RowLookup lookup(PlanNode.Scan scan, List<Integer> keys) {
        return others.lookup(
                table(scan.stream()),
                scan.rowType(),
                keys.stream().map(key -> scan.rowType().field(key).name()).toList());
    }

    private RelationSource relation(ExternalTable table, PlanNode.Scan scan) {
        return ExternalRelations.scan(
                table,
                asked.computeIfAbsent(table.name(), name -> others.open(table)),
                scan.rowType(),
                conditions.getOrDefault(scan.id(), List.of()),
                bounds.getOrDefault(scan.id(), List.of()));
    }

    /** Returns the table of another system that a scan is of, or null where it is one of files. */
    private @Nullable ExternalTable other(String name) {
        ExternalTable known = catalog.externalTable(name);
        ExternalTable table = known == null ? ExternalRelations.named(name) : known;
        return others.has(table.url()) ? table : null;
    }

    private ExternalTable table(String name) {
        ExternalTable known = catalog.externalTable(name);
        // Whoever planned the statement has looked at the user's rights and at the files.
        return known == null ? files.look(name, Options.NONE) : known;
    }

    /** Returns what a scan would read; nothing where it is none of these. */
    List<String> describe(PlanNode node) {
        if (!(node instanceof PlanNode.Scan scan) || !has(scan) || scan.rowtime() instanceof Rowtime.Asked) {
            return List.of();
        }
        ExternalTable table = other(scan.stream());
        if (table == null) {
            return files.open(table(scan.stream())).describe(bounds.getOrDefault(scan.id(), List.of()));
        }
        try (RelationSource source = relation(table, scan)) {
            return List.of(source.asked());
        }
    }

    /** Returns what a scan has read, or null where it is none of these. */
    @Nullable
    String report(String scan) {
        Supplier<String> report = reports.get(scan);
        return report == null ? null : report.get();
    }
}
