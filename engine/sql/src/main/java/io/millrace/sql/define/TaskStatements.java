package io.millrace.sql.define;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.spi.Options;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.PumpState;
import io.millrace.sql.parser.tree.SqlCreateDelivery;
import io.millrace.sql.parser.tree.SqlCreateMaterializedView;
import io.millrace.sql.parser.tree.SqlCreatePump;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.rewrite.Rewriting;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
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
        String sql = source.from(create.insert());
        Inserts.Planned insert = inserts.plan(create.insert(), true, List.of());
        refuseParameters(insert.parameterTypes(), create);
        PumpDefinition pump = new PumpDefinition(
                name(create.name()),
                insert.target(),
                insert.columns(),
                create.state() != PumpState.STOPPED,
                insert.plan(),
                sql);
        return new Statement.CreatePump(pump, create.getReplace(), create.ifNotExists());
    }

    public Statement.CreateView create(SqlCreateMaterializedView create, StatementSource source) {
        String sql = source.from(create.query());
        Queries.Lowered query = queries.lower(create.query(), true, RowtimeWanted.NO, List.of());
        refuseParameters(query.parameterTypes(), create);
        PlanNode root = Rewriting.apply(named(query.node(), create), false);
        refuseDuplicates(root.rowType(), create.query());
        ViewDefinition view = new ViewDefinition(name(create.name()), root.rowType(), new Plan(root, true, -1), sql);
        return new Statement.CreateView(view, create.getReplace(), create.ifNotExists());
    }

    private static PlanNode named(PlanNode query, SqlCreateMaterializedView create) {
        List<SqlIdentifier> columns = create.columns();
        if (columns == null) {
            return query;
        }
        int size = query.rowType().size();
        if (columns.size() != size) {
            throw SqlErrors.invalid(
                    columns.size() + " column names for a query of " + size + " columns",
                    "name each column of the query once",
                    create.name().getParserPosition());
        }
        List<Integer> all = IntStream.range(0, size).boxed().toList();
        return Nodes.project(
                query,
                Columns.at(all, query.rowType()),
                columns.stream().map(SqlIdentifier::getSimple).toList());
    }

    public Statement.CreateDelivery create(SqlCreateDelivery create, StatementSource source) {
        SqlIdentifier stream = create.stream();
        String from = stream == null ? name(create.name()) : existing(stream);
        PumpDefinition query = stream == null ? query(create, source) : null;
        DeliveryDefinition delivery = new DeliveryDefinition(
                name(create.name()), from, create.url(), new Options(StreamStatements.options(create.options())));
        return new Statement.CreateDelivery(delivery, query, create.getReplace(), create.ifNotExists());
    }

    private String existing(SqlIdentifier name) {
        StreamDefinition stream = catalog.stream(name(name));
        if (stream == null) {
            throw UnknownNames.stream(
                    name(name),
                    catalog.streams().stream().map(StreamDefinition::name).toList(),
                    name.getParserPosition());
        }
        return stream.name();
    }

    private PumpDefinition query(SqlCreateDelivery create, StatementSource source) {
        SqlNode tree = java.util.Objects.requireNonNull(create.query());
        String sql = source.of(tree);
        Queries.Lowered query = queries.lower(tree, true, RowtimeWanted.YES, List.of());
        refuseParameters(query.parameterTypes(), create);
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, query.node().rowType().size())
                        .filter(i -> i != query.rowtime())
                        .boxed()
                        .toList());
        int values = places.size();
        List<String> names = new ArrayList<>(
                places.stream().map(i -> query.node().rowType().field(i).name()).toList());
        if (query.rowtime() >= 0) {
            places.add(query.rowtime());
            names.add(SystemColumns.ROWTIME.name());
        }
        PlanNode ordered =
                Nodes.project(query.node(), Columns.at(places, query.node().rowType()), names);
        PlanNode root = Rewriting.apply(ordered, query.rowtime() >= 0);
        refuseDuplicates(root.rowType(), tree);
        EndlessQueries.refuseUpdating(root, tree, "a delivery");
        return new PumpDefinition(
                name(create.name()),
                name(create.name()),
                IntStream.range(0, values).boxed().toList(),
                true,
                new Plan(root, true, query.rowtime() >= 0 ? values : -1),
                sql);
    }

    private static void refuseDuplicates(RowType type, SqlNode query) {
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

    private static void refuseParameters(List<DataType> types, SqlNode statement) {
        if (!types.isEmpty()) {
            throw SqlErrors.invalid(
                    "what is created cannot have parameters",
                    "write the values into the statement",
                    statement.getParserPosition());
        }
    }

    static String name(@Nullable SqlIdentifier name) {
        return java.util.Objects.requireNonNull(name).names.getLast();
    }
}
