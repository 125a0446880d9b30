package io.millrace.sql.define;

import io.millrace.plan.PlanNode;
import io.millrace.spi.Options;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.PumpState;
import io.millrace.sql.parser.tree.SqlAlterDeliveryOptions;
import io.millrace.sql.parser.tree.SqlAlterDeliveryQuery;
import io.millrace.sql.parser.tree.SqlAlterPumpQuery;
import io.millrace.sql.parser.tree.SqlCreateDelivery;
import io.millrace.sql.parser.tree.SqlCreateMaterializedView;
import io.millrace.sql.parser.tree.SqlCreatePump;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.rewrite.ViewTime;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What runs once created: pumps, materialized views and deliveries. */
public final class TaskStatements {

    private final Catalog catalog;
    private final Queries queries;
    private final Inserts inserts;

    public TaskStatements(Catalog catalog, Queries queries, Inserts inserts) {
        this.catalog = catalog;
        this.queries = queries;
        this.inserts = inserts;
    }

    public Statement.CreatePump create(SqlCreatePump create, StatementSource source) {
        boolean started = create.state() != PumpState.STOPPED;
        PumpDefinition pump = pump(create, create.name(), started, create.insert(), source);
        return new Statement.CreatePump(pump, create.getReplace(), create.ifNotExists());
    }

    public Statement.AlterPumpQuery alter(SqlAlterPumpQuery alter, StatementSource source) {
        return new Statement.AlterPumpQuery(pump(alter, alter.name(), true, alter.insert(), source));
    }

    private PumpDefinition pump(
            SqlNode statement, SqlIdentifier name, boolean started, SqlInsert tree, StatementSource source) {
        String sql = source.from(tree);
        Inserts.Planned insert = inserts.plan(tree, true, List.of());
        refuseParameters(insert.parameterTypes(), statement);
        return new PumpDefinition(name(name), insert.target(), insert.columns(), started, insert.plan(), sql);
    }

    public Statement.CreateView create(SqlCreateMaterializedView create, StatementSource source) {
        String sql = source.from(create.query());
        Queries.Lowered query = queries.lowerView(create.query());
        refuseParameters(query.parameterTypes(), create);
        query.emit().refuseChanges();
        PlanNode root = ViewTime.marked(
                query.rewritten(query.emit().apply(named(query.node(), create)), false, create.query()));
        refuseDuplicates(root.rowType(), create.query());
        ViewDefinition view =
                new ViewDefinition(name(create.name()), root.rowType(), query.plan(root, ViewTime.column(root)), sql);
        return new Statement.CreateView(view, create.getReplace(), create.ifNotExists());
    }

    private static PlanNode named(PlanNode query, SqlCreateMaterializedView create) {
        List<SqlIdentifier> columns = create.columns();
        if (columns == null) {
            return query;
        }
        int size = query.rowType().size();
        refuseOtherCount(columns.size(), size, create.name());
        List<Integer> all = IntStream.range(0, size).boxed().toList();
        return Nodes.project(
                query,
                Columns.at(all, query.rowType()),
                columns.stream().map(SqlIdentifier::getSimple).toList());
    }

    static void refuseOtherCount(int names, int columns, SqlIdentifier view) {
        if (names != columns) {
            throw SqlErrors.invalid(
                    names + " column names for a query of " + columns + " columns",
                    "name each column of the query once",
                    view.getParserPosition());
        }
    }

    public Statement.CreateDelivery create(SqlCreateDelivery create, StatementSource source) {
        SqlIdentifier stream = create.stream();
        DeliveryDefinition delivery = new DeliveryDefinition(
                name(create.name()),
                stream == null ? null : existing(stream),
                stream == null ? query(Objects.requireNonNull(create.query()), create, source) : null,
                create.url(),
                new Options(StreamStatements.options(create.options())));
        return new Statement.CreateDelivery(delivery, create.getReplace(), create.ifNotExists());
    }

    private String existing(SqlIdentifier name) {
        StreamDefinition stream = catalog.stream(name(name));
        String other = stream == null ? otherKind(name(name)) : null;
        if (other != null) {
            throw SqlErrors.invalid(
                    "'" + name(name) + "' is " + other + ", and FROM names a stream",
                    "write AS SELECT STREAM * FROM " + name(name)
                            + (catalog.view(name(name)) == null && catalog.table(name(name)) == null
                                    ? ""
                                    : " EMIT CHANGES")
                            + " in place of FROM "
                            + name(name),
                    name.getParserPosition());
        }
        if (stream == null) {
            throw UnknownNames.stream(
                    name(name),
                    catalog.streams().stream().map(StreamDefinition::name).toList(),
                    name.getParserPosition());
        }
        return stream.name();
    }

    private @Nullable String otherKind(String name) {
        if (catalog.storedQuery(name) != null) {
            return "a view";
        }
        if (catalog.view(name) != null) {
            return "a materialized view";
        }
        if (catalog.table(name) != null) {
            return "a table";
        }
        return !ExternalTable.isUrl(name) && catalog.externalTable(name) != null ? "an external table" : null;
    }

    public Statement.AlterDeliveryQuery alter(SqlAlterDeliveryQuery alter, StatementSource source) {
        return new Statement.AlterDeliveryQuery(name(alter.name()), query(alter.query(), alter, source));
    }

    public Statement.AlterDeliveryOptions alter(SqlAlterDeliveryOptions alter) {
        return new Statement.AlterDeliveryOptions(
                name(alter.name()), StreamStatements.options(alter.set()), alter.reset());
    }

    private DeliveredQuery query(SqlNode tree, SqlNode statement, StatementSource source) {
        String sql = source.of(tree);
        Queries.Lowered query = queries.lower(tree, true, RowtimeWanted.YES, List.of());
        refuseParameters(query.parameterTypes(), statement);
        PlanNode rows = query.emit().apply(query.node());
        RowType all = rows.rowType();
        int rowtime = query.rowtime();
        List<Integer> places = new ArrayList<>(
                IntStream.range(0, all.size()).filter(i -> i != rowtime).boxed().toList());
        if (rowtime >= 0) {
            requireTimestamp(all.field(rowtime).type(), tree);
            places.add(rowtime);
        }
        List<String> names = places.stream()
                .map(i -> i == rowtime
                        ? SystemColumns.ROWTIME.name()
                        : all.field(i).name())
                .toList();
        PlanNode root = query.rewritten(Nodes.project(rows, Columns.at(places, all), names), rowtime >= 0, tree);
        EndlessQueries.refuseUpdating(root, tree, "a delivery");
        RowType columns = delivered(all, rowtime, query.addedRowtime());
        refuseDuplicates(columns, tree);
        return new DeliveredQuery(columns, query.plan(root, rowtime >= 0 ? places.size() - 1 : -1), sql);
    }

    /** Returns the columns as the query has them; a ROWTIME that it does not name is not among them. */
    private static RowType delivered(RowType all, int rowtime, boolean addedRowtime) {
        List<Field> columns = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i != rowtime) {
                columns.add(all.field(i));
            } else if (!addedRowtime) {
                columns.add(SystemColumns.ROWTIME);
            }
        }
        return new RowType(columns);
    }

    private static void requireTimestamp(DataType rowtime, SqlNode query) {
        if (!rowtime.equals(SystemColumns.ROWTIME.type())) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH, "ROWTIME is " + rowtime, "give it a TIMESTAMP", query.getParserPosition());
        }
    }

    static void refuseDuplicates(RowType type, SqlNode query) {
        Set<String> names = new HashSet<>();
        for (Field field : type.fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw SqlErrors.invalid(
                        "two columns are named '" + field.name() + "'",
                        "give one of them another name with AS",
                        query.getParserPosition());
            }
        }
    }

    static void refuseParameters(List<DataType> types, SqlNode statement) {
        if (!types.isEmpty()) {
            throw SqlErrors.invalid(
                    "what is created cannot have parameters",
                    "write the values into the statement",
                    statement.getParserPosition());
        }
    }

    static String name(@Nullable SqlIdentifier name) {
        return Objects.requireNonNull(name).names.getLast();
    }
}
