package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.server.file.ExternalFiles;
import io.millrace.server.file.FileRelation;
import io.millrace.server.file.FileSource;
import io.millrace.spi.Options;
import io.millrace.spi.connector.Source;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.sql.catalog.ExternalTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the scans of external tables of one plan, which sees the same files wherever it names them. For one thread. */
final class ExternalScans {

    private final LiveCatalog catalog;
    private final ExternalFiles files;
    private final Map<String, List<ColumnBounds>> bounds;
    private final Map<String, FileRelation> relations = new HashMap<>();
    private final Map<String, FileSource> opened = new HashMap<>();

    /** @param bounds what is asked of the rows of scans, by their ids */
    ExternalScans(LiveCatalog catalog, ExternalFiles files, Map<String, List<ColumnBounds>> bounds) {
        this.catalog = catalog;
        this.files = files;
        this.bounds = bounds;
    }

    /** Returns whether a scan is one of files. */
    static boolean isExternal(PlanNode.Scan scan, LiveCatalog catalog) {
        return catalog.stream(scan.stream()) == null
                && (ExternalTable.isUrl(scan.stream()) || catalog.externalTable(scan.stream()) != null);
    }

    boolean has(PlanNode.Scan scan) {
        return isExternal(scan, catalog);
    }

    Source open(PlanNode.Scan scan) {
        FileRelation relation = relations.computeIfAbsent(scan.stream(), name -> files.open(table(name)));
        FileSource source = relation.source(scan.rowType(), bounds.getOrDefault(scan.id(), List.of()));
        opened.put(scan.id(), source);
        return source;
    }

    private ExternalTable table(String name) {
        ExternalTable known = catalog.externalTable(name);
        // Whoever planned the statement has looked at the user's rights and at the files.
        return known == null ? files.look(name, Options.NONE) : known;
    }

    /** Returns what a scan would read; nothing where it is none of files. */
    List<String> describe(PlanNode node) {
        return node instanceof PlanNode.Scan scan && has(scan)
                ? files.open(table(scan.stream())).describe(bounds.getOrDefault(scan.id(), List.of()))
                : List.of();
    }

    /** Returns what a scan has read, or null where it is none of files. */
    @Nullable
    String report(String scan) {
        FileSource source = opened.get(scan);
        return source == null ? null : source.report().toString();
    }
}
