package io.millrace.sql.define;

import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinType;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.SqlOnConflict;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.statement.TableChange;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code ON CONFLICT}. What DO UPDATE computes is a query over one relation, which has the columns of the row to add,
 * those of the row that has its key, and that one's slot. The join that gives these is put in its place.
 */
final class ConflictClause {

    /** What the relation is called; no name that a user can write. */
    private static final String RELATION = "$conflict";

    private static final String NEW = "$new_";
    private static final String OLD = "$old_";
    private static final String EXCLUDED = "excluded";

    private final Catalog catalog;

    ConflictClause(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What is to be done with which rows. */
    record Planned(TableChange change, PlanNode node, List<DataType> parameterTypes) {}

    /**
     * Plans what becomes of rows.
     *
     * @param name what the statement calls the table
     * @param rows the rows to add, all columns
     */
    Planned plan(
            SqlOnConflict conflict,
            TableDefinition table,
            SqlIdentifier name,
            PlanNode rows,
            List<DataType> parameterTypes) {
        check(conflict, table);
        if (conflict.columns().isEmpty()) {
            return new Planned(new TableChange.Insert(true), rows, parameterTypes);
        }
        RowType relation = relation(table);
        List<Integer> columns = TableWrites.assignedColumns(conflict.columns(), table);
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlNode value = DefaultValues.replaced(conflict.values().get(i), table, columns.get(i));
            values.add(ConflictNames.replace(value, table, name));
        }
        SqlNode query = query(conflict, table, name, columns, values);
        List<@Nullable DataType> types = InsertedParameters.types(values, table.columns(), columns, parameterTypes);
        Queries queries = new Queries(new OneMoreRelation(catalog, view(relation)), true);
        Queries.Lowered lowered = queries.lower(query, false, RowtimeWanted.NO, types);
        PlanNode node = assigned(lowered.node(), table, columns, values);
        return new Planned(
                new TableChange.Upsert(),
                replaced(node, joined(rows, table, relation)),
                TableWrites.merged(parameterTypes, lowered.parameterTypes()));
    }

    private static void check(SqlOnConflict conflict, TableDefinition table) {
        SqlParserPos pos = conflict.getParserPosition();
        List<SqlIdentifier> named = conflict.key();
        if (named == null) {
            if (!conflict.columns().isEmpty()) {
                throw SqlErrors.invalid(
                        "ON CONFLICT DO UPDATE needs the columns that rows must differ in",
                        "write ON CONFLICT (" + String.join(", ", table.keyNames()) + ") DO UPDATE",
                        pos);
            }
            return;
        }
        List<Integer> places = TableWrites.assignedColumns(named, table);
        if (table.key().isEmpty() || !new HashSet<>(places).equals(new HashSet<>(table.key()))) {
            throw SqlErrors.invalid(
                    "the columns of ON CONFLICT are not the primary key of '" + table.name() + "'",
                    table.key().isEmpty()
                            ? "create the table with a PRIMARY KEY"
                            : "its primary key is (" + String.join(", ", table.keyNames()) + ")",
                    pos);
        }
    }

    private static RowType relation(TableDefinition table) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.columns().fields()) {
            fields.add(new Field(NEW + field.name(), field.type(), field.nullable()));
        }
        for (Field field : table.columns().fields()) {
            fields.add(Field.nullable(OLD + field.name(), field.type()));
        }
        fields.add(Field.nullable(SystemColumns.TABLE_SLOT.name(), SystemColumns.TABLE_SLOT.type()));
        return new RowType(fields);
    }

    private static ViewDefinition view(RowType relation) {
        return new ViewDefinition(
                RELATION, relation, new Plan(new PlanNode.Values(Nodes.NO_ID, relation, List.of()), false, -1), "");
    }

    private static SqlNode query(
            SqlOnConflict conflict,
            TableDefinition table,
            SqlIdentifier name,
            List<Integer> columns,
            List<SqlNode> values) {
        SqlParserPos pos = conflict.getParserPosition();
        List<SqlNode> items = new ArrayList<>();
        for (Field field : table.columns().fields()) {
            items.add(new SqlIdentifier(NEW + field.name(), pos));
        }
        items.add(new SqlIdentifier(SystemColumns.TABLE_SLOT.name(), pos));
        SqlNode where = conflict.where();
        items.add(where == null ? SqlLiteral.createBoolean(true, pos) : ConflictNames.replace(where, table, name));
        for (int i = 0; i < table.columns().size(); i++) {
            int place = columns.indexOf(i);
            items.add(
                    place >= 0
                            ? values.get(place)
                            : new SqlIdentifier(OLD + table.columns().field(i).name(), pos));
        }
        return ChangedRows.query(items, new SqlIdentifier(RELATION, pos), null, null, null, pos);
    }

    /** Puts the values that are set into their columns' types. A row that is added has none of them. */
    private static PlanNode assigned(
            PlanNode rows, TableDefinition table, List<Integer> columns, List<SqlNode> values) {
        RowType row = table.columns();
        int first = row.size() + 2;
        List<Expression> expressions = new ArrayList<>(Columns.at(TableWrites.all(rows.rowType()), rows.rowType()));
        for (int i = 0; i < columns.size(); i++) {
            Field field = row.field(columns.get(i));
            // NOT NULL is looked at when it is known which rows are changed.
            expressions.set(
                    first + columns.get(i),
                    Inserts.assigned(
                            rows,
                            first + columns.get(i),
                            Field.nullable(field.name(), field.type()),
                            values.get(i).getParserPosition()));
        }
        List<String> names = new ArrayList<>(Nodes.names(rows.rowType()));
        for (int i = 0; i < names.size(); i++) {
            names.set(i, "c" + i);
        }
        return Nodes.project(rows, expressions, names);
    }

    private static PlanNode joined(PlanNode rows, TableDefinition table, RowType relation) {
        List<Field> stored = new ArrayList<>(table.columns().fields());
        stored.add(SystemColumns.TABLE_SLOT);
        PlanNode there =
                new PlanNode.Scan(Nodes.NO_ID, table.name(), new RowType(stored), -1, new Rowtime.Changing(true));
        List<JoinKey> keys = table.key().stream()
                .map(place -> new JoinKey(place, place, false))
                .toList();
        PlanNode join = Nodes.keyed(rows, there, JoinType.LEFT, keys);
        return Nodes.project(join, Columns.at(TableWrites.all(join.rowType()), join.rowType()), Nodes.names(relation));
    }

    private static PlanNode replaced(PlanNode node, PlanNode relation) {
        if (node instanceof PlanNode.Scan scan && scan.stream().equals(RELATION)) {
            return relation;
        }
        return Nodes.withInputs(
                node,
                node.inputs().stream().map(input -> replaced(input, relation)).toList());
    }

    /** Returns whether a qualifier means the row that was to be added. */
    static boolean excluded(String qualifier) {
        return qualifier.equalsIgnoreCase(EXCLUDED);
    }

    static String ofNew(String column) {
        return NEW + column;
    }

    static String ofOld(String column) {
        return OLD + column;
    }

    /** Fails for a column that the table does not have. */
    static void require(TableDefinition table, SqlIdentifier column) {
        if (Inserts.find(table.columns(), column.names.getLast()) < 0) {
            throw UnknownNames.column(column.names.getLast(), Nodes.names(table.columns()), column.getParserPosition());
        }
    }
}
