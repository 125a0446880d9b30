package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.SourceResolver;
import io.millrace.runtime.table.TableVersion;
import io.millrace.server.table.StoredTable;
import io.millrace.server.table.Tables;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Source;
import io.millrace.spi.row.RowBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens what the scans of one plan read. A plan that ends sees each table as it was at the first scan of it; one that
 * goes on gets its rows and then its changes. For one thread at a time.
 */
final class ScanSources implements SourceResolver {

    private final SourceResolver others;
    private final Tables tables;
    private final boolean endless;
    private final Map<String, TableVersion> seen;
    private final Map<String, RowBatch> keys;
    private final ExternalScans files;

    /**
     * @param others opens what is no table
     * @param known tables that the plan sees in these versions
     * @param keys the one key that is wanted of scans, by their ids
     * @param files opens what is external
     */
    ScanSources(
            SourceResolver others,
            Tables tables,
            boolean endless,
            Map<String, TableVersion> known,
            Map<String, RowBatch> keys,
            ExternalScans files) {
        this.others = others;
        this.tables = tables;
        this.endless = endless;
        this.seen = new HashMap<>(known);
        this.keys = keys;
        this.files = files;
    }

    @Override
    public RowLookup lookup(PlanNode.Scan scan, List<Integer> keyColumns) {
        return files.lookup(scan, keyColumns);
    }

    @Override
    public Source open(PlanNode.Scan scan) {
        if (files.has(scan)) {
            return files.open(scan);
        }
        if (!tables.has(scan.stream())) {
            return others.open(scan);
        }
        StoredTable table = tables.table(scan.stream());
        if (endless) {
            return table.changes(scan.rowType());
        }
        TableVersion version = seen.computeIfAbsent(scan.stream(), name -> table.version());
        RowBatch key = WantedKeys.find(keys, scan);
        int slot = key == null ? StoredTable.NOT_LOOKED : table.find(version, key);
        return slot == StoredTable.NOT_LOOKED ? version.source(scan.rowType()) : version.source(scan.rowType(), slot);
    }
}
