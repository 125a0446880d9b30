package io.millrace.sql.define;

import io.millrace.plan.Emission;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.TableDefinition.DefaultValue;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.parser.tree.SqlOnConflict;
import io.millrace.sql.parser.tree.SqlTruncateTable;
import io.millrace.sql.parser.tree.SqlWrite;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.rewrite.Rewriting;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.TableChange;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Statements that change the rows of a table. Each becomes a query and what is done with its rows. */
public final class TableWrites {

    private final Catalog catalog;
    private final Queries queries;
    private final ConflictClause conflicts;

    public TableWrites(Catalog catalog) {
        this.catalog = catalog;
        this.queries = new Queries(catalog, true);
        this.conflicts = new ConflictClause(catalog);
    }

    /** Returns whether a statement is one that only tables take, or has a table as its target. */
    public boolean serves(SqlNode statement) {
        return switch (statement) {
            case SqlInsert insert -> catalog.table(name(insert.getTargetTable())) != null;
            case SqlUpdate update -> true;
            case SqlDelete delete -> true;
            case SqlWrite write -> true;
            case SqlTruncateTable truncate -> true;
            default -> false;
        };
    }

    /** Plans a statement that {@link #serves} names. */
    public Prepared plan(SqlNode statement, List<? extends @Nullable DataType> parameterTypes) {
        return switch (statement) {
            case SqlWrite write -> plan(write, parameterTypes);
            case SqlTruncateTable truncate ->
                new Prepared(
                        new Statement.TruncateTable(
                                target(truncate.name(), "TRUNCATE").name()),
                        List.of(),
                        null);
            default -> plan(new SqlWrite(statement.getParserPosition(), statement, null, null, null), parameterTypes);
        };
    }

    /**
     * The query of a statement.
     *
     * @param alias what the statement calls the table
     */
    private record Rows(
            TableDefinition table,
            SqlIdentifier alias,
            TableChange change,
            PlanNode node,
            List<DataType> parameterTypes) {}

    private Prepared plan(SqlWrite write, List<? extends @Nullable DataType> parameterTypes) {
        Rows rows = switch (write.statement()) {
            case SqlInsert insert -> insert(insert, write.conflict(), parameterTypes);
            case SqlUpdate update -> update(update, write.from(), parameterTypes);
            case SqlDelete delete -> delete(delete, write.from(), parameterTypes);
            default -> throw new IllegalStateException(write.statement().toString());
        };
        Plan plan = new Plan(Rewriting.apply(rows.node(), false, Emission.ON_CLOSE), false, -1);
        SqlNodeList items = write.returning();
        if (items == null) {
            return new Prepared(statement(rows, plan, null), rows.parameterTypes(), null);
        }
        Queries.Planned returning = Returning.plan(queries, items, rows.table(), rows.alias(), rows.parameterTypes());
        return new Prepared(
                statement(rows, plan, returning.plan()),
                merged(rows.parameterTypes(), returning.parameterTypes()),
                returning.plan().rowType());
    }

    private static Statement statement(Rows rows, Plan plan, @Nullable Plan returning) {
        TableDefinition table = rows.table();
        return new Statement.ChangeTable(table.name(), table.columns(), rows.change(), plan, returning);
    }

    /** Returns the parameters of the rows, and behind them those that a clause after them has alone. */
    static List<DataType> merged(List<DataType> ofRows, List<DataType> ofClause) {
        List<DataType> types = new ArrayList<>(ofRows);
        for (int i = types.size(); i < ofClause.size(); i++) {
            types.add(ofClause.get(i));
        }
        return List.copyOf(types);
    }

    private Rows insert(
            SqlInsert insert, @Nullable SqlOnConflict conflict, List<? extends @Nullable DataType> parameterTypes) {
        SqlIdentifier name = (SqlIdentifier) insert.getTargetTable();
        TableDefinition table = target(name, conflict == null ? "RETURNING" : "ON CONFLICT");
        RowType declared = table.columns();
        RowType row = nullable(declared);
        SqlNode source = DefaultValues.replace(insert.getSource(), insert, table);
        List<Integer> columns = DefaultValues.covered(
                source,
                insert,
                InsertedColumns.places(
                        insert,
                        row,
                        i -> declared.field(i).nullable() || table.defaults().containsKey(i)));
        List<@Nullable DataType> types = InsertedParameters.types(SqlEmit.query(source), row, columns, parameterTypes);
        PlanNode.Values constants = ConstantRows.find(source, row, columns, types);
        PlanNode given;
        List<DataType> typed;
        if (constants != null) {
            given = constants;
            typed = ConstantRows.types(types);
        } else {
            Queries.Lowered query = queries.lower(source, false, RowtimeWanted.NO, types);
            given = assigned(query, columns, row, insert);
            typed = query.parameterTypes();
        }
        PlanNode whole = whole(given, columns, table);
        if (conflict == null) {
            return new Rows(table, name, new TableChange.Insert(false), whole, typed);
        }
        ConflictClause.Planned planned = conflicts.plan(conflict, table, name, whole, typed);
        return new Rows(table, name, planned.change(), planned.node(), planned.parameterTypes());
    }

    private static PlanNode assigned(Queries.Lowered query, List<Integer> columns, RowType row, SqlInsert insert) {
        SqlParserPos pos = insert.getSource().getParserPosition();
        if (query.endless()) {
            throw SqlErrors.invalid(
                    "a table takes the rows of a query that ends",
                    "leave out STREAM; CREATE MATERIALIZED VIEW keeps what a query gives that goes on",
                    pos);
        }
        PlanNode rows = query.node();
        if (rows.rowType().size() != columns.size()) {
            throw SqlErrors.invalid(
                    "the query has " + rows.rowType().size() + " columns, and " + columns.size() + " are to be written",
                    "name the columns: INSERT INTO " + name(insert.getTargetTable()) + " (column, …)",
                    pos);
        }
        List<Expression> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field field = row.field(columns.get(i));
            expressions.add(Inserts.assigned(rows, i, field, pos));
            names.add(field.name());
        }
        return Nodes.project(rows, expressions, names);
    }

    /** Returns rows of all columns of the table: what the statement does not name has its DEFAULT, or NULL. */
    private static PlanNode whole(PlanNode given, List<Integer> columns, TableDefinition table) {
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int place = columns.indexOf(i);
            expressions.add(place >= 0 ? Columns.at(place, given.rowType()) : missing(table, i));
        }
        return Nodes.project(given, expressions, Nodes.names(table.columns()));
    }

    private static Expression missing(TableDefinition table, int column) {
        DefaultValue value = table.defaults().get(column);
        return value != null
                ? value.value()
                : new Literal(null, table.columns().field(column).type());
    }

    private Rows update(SqlUpdate update, @Nullable SqlNode from, List<? extends @Nullable DataType> parameterTypes) {
        TableDefinition table = target((SqlIdentifier) update.getTargetTable(), "UPDATE");
        SqlIdentifier alias = alias(update.getTargetTable(), update.getAlias());
        List<Integer> columns = assignedColumns(update.getTargetColumnList(), table);
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(DefaultValues.replaced(update.getSourceExpressionList().get(i), table, columns.get(i)));
        }
        List<SqlNode> items = new ArrayList<>(List.of(column(alias, SystemColumns.TABLE_SLOT.name(), update)));
        for (int i = 0; i < table.columns().size(); i++) {
            int place = columns.indexOf(i);
            items.add(
                    place >= 0
                            ? values.get(place)
                            : column(alias, table.columns().field(i).name(), update));
        }
        SqlNode query = ChangedRows.query(
                items,
                update.getTargetTable(),
                update.getAlias(),
                from,
                update.getCondition(),
                update.getParserPosition());
        List<@Nullable DataType> types = InsertedParameters.types(values, table.columns(), columns, parameterTypes);
        Queries.Lowered lowered = queries.lower(query, false, RowtimeWanted.NO, types);
        PlanNode rows = lowered.node();
        List<Expression> expressions = new ArrayList<>(List.of(Columns.at(0, rows.rowType())));
        for (int i = 0; i < table.columns().size(); i++) {
            int place = columns.indexOf(i);
            expressions.add(
                    place < 0
                            ? Columns.at(1 + i, rows.rowType())
                            : Inserts.assigned(
                                    rows,
                                    1 + i,
                                    nullable(table.columns()).field(i),
                                    values.get(place).getParserPosition()));
        }
        List<String> names = new ArrayList<>(List.of(SystemColumns.TABLE_SLOT.name()));
        names.addAll(Nodes.names(table.columns()));
        return new Rows(
                table,
                alias,
                new TableChange.Update(),
                Nodes.project(rows, expressions, names),
                lowered.parameterTypes());
    }

    private Rows delete(SqlDelete delete, @Nullable SqlNode from, List<? extends @Nullable DataType> parameterTypes) {
        TableDefinition table = target((SqlIdentifier) delete.getTargetTable(), "DELETE");
        SqlIdentifier alias = alias(delete.getTargetTable(), delete.getAlias());
        SqlNode query = ChangedRows.query(
                List.of(column(alias, SystemColumns.TABLE_SLOT.name(), delete)),
                delete.getTargetTable(),
                delete.getAlias(),
                from,
                delete.getCondition(),
                delete.getParserPosition());
        Queries.Lowered lowered = queries.lower(query, false, RowtimeWanted.NO, parameterTypes);
        return new Rows(table, alias, new TableChange.Delete(), lowered.node(), lowered.parameterTypes());
    }

    private static SqlIdentifier alias(SqlNode table, @Nullable SqlIdentifier alias) {
        return alias != null ? alias : new SqlIdentifier(name(table), table.getParserPosition());
    }

    static SqlIdentifier column(SqlIdentifier relation, String name, SqlNode statement) {
        return new SqlIdentifier(List.of(relation.names.getLast(), name), statement.getParserPosition());
    }

    /** Returns the places of columns that are set, each once. */
    static List<Integer> assignedColumns(List<? extends SqlNode> names, TableDefinition table) {
        List<Integer> places = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (SqlNode node : names) {
            String name = name(node);
            int place = Inserts.find(table.columns(), name);
            if (place < 0) {
                throw UnknownNames.column(name, Nodes.names(table.columns()), node.getParserPosition());
            }
            if (!seen.add(place)) {
                throw SqlErrors.invalid(
                        "column '" + name + "' is set twice", "set each column once", node.getParserPosition());
            }
            places.add(place);
        }
        return places;
    }

    private TableDefinition target(SqlIdentifier name, String what) {
        String simple = name(name);
        TableDefinition table = catalog.table(simple);
        if (table != null) {
            return table;
        }
        throw noTable(simple, what, name.getParserPosition());
    }

    private MillraceException noTable(String name, String what, SqlParserPos pos) {
        if (catalog.stream(name) != null) {
            return SqlErrors.at(
                    ErrorCode.UNSUPPORTED,
                    "'" + name + "' is a stream, whose rows stay as they are: there is no " + what + " for it",
                    "keep what changes in a table (CREATE TABLE), or have a materialized view compute it from the"
                            + " stream's rows",
                    pos);
        }
        if (catalog.view(name) != null) {
            return SqlErrors.at(
                    ErrorCode.UNSUPPORTED,
                    "'" + name + "' is a materialized view: it changes when what it reads changes",
                    "change what the view reads",
                    pos);
        }
        if (catalog.storedQuery(name) != null) {
            return view(name, pos);
        }
        if (ExternalTable.isUrl(name) || catalog.externalTable(name) != null) {
            return onlyRead(catalog, name, pos);
        }
        return SqlErrors.at(
                ErrorCode.UNDEFINED_NAME,
                "no table named '" + name + "'",
                UnknownNames.didYouMean(
                        name,
                        catalog.tables().stream().map(TableDefinition::name).toList(),
                        "create it first, or see SHOW TABLES"),
                pos);
    }

    static MillraceException view(String name, SqlParserPos pos) {
        return SqlErrors.at(
                ErrorCode.UNSUPPORTED,
                "'" + name + "' is a view, which stands for its query and has no rows of its own",
                "write into what the view reads",
                pos);
    }

    static MillraceException onlyRead(Catalog catalog, String name, SqlParserPos pos) {
        ExternalTable table = ExternalTable.isUrl(name) ? null : catalog.externalTable(name);
        if (table != null && table.ofDatabase()) {
            return SqlErrors.at(
                    ErrorCode.UNSUPPORTED,
                    "'" + name + "' is a table of another database, which is only read",
                    "write it with a delivery (CREATE DELIVERY … TO 'jdbc:…'), or there",
                    pos);
        }
        if (table == null ? ExternalTable.isIceberg(name) : table.ofIceberg()) {
            return SqlErrors.at(
                    ErrorCode.UNSUPPORTED,
                    "'" + ShownUrl.of(name) + "' is a table of Iceberg, which is only read",
                    "write it with a delivery (CREATE DELIVERY … TO 'iceberg:…')",
                    pos);
        }
        return SqlErrors.at(
                ErrorCode.UNSUPPORTED,
                "'" + name + "' is made of files, which are only read",
                "write files with a delivery (CREATE DELIVERY), and rows into a table or a stream",
                pos);
    }

    static String name(SqlNode identifier) {
        SqlNode node = identifier;
        while (node instanceof SqlCall call && call.getKind() != SqlKind.IDENTIFIER) {
            node = call.operand(0);
        }
        return ((SqlIdentifier) node).names.getLast();
    }

    /** Returns the columns, any of which may be NULL: NOT NULL is looked at when the rows are there. */
    private static RowType nullable(RowType row) {
        return new RowType(row.fields().stream()
                .map(field -> Field.nullable(field.name(), field.type()))
                .toList());
    }

    /** Returns the places of all columns of a row. */
    static List<Integer> all(RowType row) {
        return IntStream.range(0, row.size()).boxed().toList();
    }
}
