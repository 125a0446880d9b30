package io.millrace.server.engine;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.SourceResolver;
import io.millrace.runtime.table.TableVersion;
import io.millrace.server.table.Tables;
import io.millrace.spi.connector.Source;
import java.util.HashMap;
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

    /**
     * @param others opens what is no table
     * @param known tables that the plan sees in these versions
     */
    ScanSources(SourceResolver others, Tables tables, boolean endless, Map<String, TableVersion> known) {
        this.others = others;
        this.tables = tables;
        this.endless = endless;
        this.seen = new HashMap<>(known);
    }

    @Override
    public Source open(PlanNode.Scan scan) {
        if (!tables.has(scan.stream())) {
            return others.open(scan);
        }
        if (endless) {
            return tables.table(scan.stream()).changes(scan.rowType());
        }
        return seen.computeIfAbsent(scan.stream(), name -> tables.table(name).version())
                .source(scan.rowType());
    }
}
