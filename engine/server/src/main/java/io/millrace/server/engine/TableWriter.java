package io.millrace.server.engine;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.table.TableRows;
import io.millrace.runtime.table.TableVersion;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.table.StoredTable;
import io.millrace.server.table.TableChanges;
import io.millrace.server.table.Tables;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.TableChange;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out statements that change the rows of tables. Safe for use by several threads. */
final class TableWriter {

    private final Queries queries;
    private final Tables tables;

    TableWriter(Queries queries, Tables tables) {
        this.queries = queries;
        this.tables = tables;
    }

    /** Carries out a statement; it is durable when this returns. */
    ResultCursor change(Statement.ChangeTable statement, List<? extends @Nullable Object> parameters, ZoneId zone) {
        StoredTable table = tables.table(statement.table());
        RowBatch[] returned = new RowBatch[1];
        // What does not hang on the table is computed before others have to wait for it.
        RowBatch computed = reads(statement.rows().root(), statement.table())
                ? null
                : queries.rows(statement.rows(), parameters, zone, Map.of());
        TableChanges changes = table.write((version, rows) -> {
            if (!rows.type().equals(statement.columns())) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "table '" + statement.table() + "' is another one than when the statement was prepared",
                        "prepare it again");
            }
            RowBatch wanted = computed != null
                    ? computed
                    : queries.rows(statement.rows(), parameters, zone, Map.of(statement.table(), version));
            TableChanges made = new ChangedRows(statement.table(), rows).of(statement.change(), wanted);
            Plan returning = statement.returning();
            if (returning != null) {
                returned[0] = queries.rowsOver(returning, parameters, zone, written(statement.change(), made, version));
            }
            return made;
        });
        String tag = tag(statement.change(), changes);
        return returned[0] == null ? ListCursor.done(tag) : ListCursor.of(returned[0], tag);
    }

    private static boolean reads(PlanNode node, String table) {
        return (node instanceof PlanNode.Scan scan && scan.stream().equals(table))
                || node.inputs().stream().anyMatch(input -> reads(input, table));
    }

    /** Returns the rows that a statement answers with: as they are after it, or were before they were taken out. */
    private static RowBatch written(TableChange change, TableChanges made, TableVersion version) {
        if (!(change instanceof TableChange.Delete)) {
            return made.added();
        }
        RowBatch rows = version.slots();
        int[] slots = made.removed().clone();
        Arrays.sort(slots);
        rows.select(slots, slots.length);
        return rows;
    }

    private static String tag(TableChange change, TableChanges made) {
        return switch (change) {
            case TableChange.Insert insert -> "INSERT 0 " + made.added().selectedCount();
            case TableChange.Upsert upsert -> "INSERT 0 " + made.added().selectedCount();
            case TableChange.Update update -> "UPDATE " + made.removed().length;
            case TableChange.Delete delete -> "DELETE " + made.removed().length;
        };
    }

    /** Takes all rows out of a table. */
    String truncate(Statement.TruncateTable statement) {
        StoredTable table = tables.table(statement.table());
        table.write((version, rows) -> all(version, rows));
        return "TRUNCATE TABLE";
    }

    private static TableChanges all(TableVersion version, TableRows rows) {
        RowBatch present = version.rows();
        int[] slots = new int[present.selectedCount()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = present.selectedRow(i);
        }
        return new TableChanges(slots, RowBatch.create(rows.type(), 0));
    }
}
