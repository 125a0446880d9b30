package io.millrace.sql.define;

import io.millrace.plan.Emission;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.rewrite.Rewriting;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries whose rows go into a stream: columns matched, values cast to their columns' types. */
public final class Inserts {

    private final Catalog catalog;
    private final Queries queries;

    public Inserts(Catalog catalog, Queries queries) {
        this.catalog = catalog;
        this.queries = queries;
    }

    /**
     * An insertion.
     *
     * @param target name of the stream
     * @param columns place in the target of each of the plan's columns but its ROWTIME
     * @param plan the query
     * @param parameterTypes types of its parameters
     */
    public record Planned(String target, List<Integer> columns, Plan plan, List<DataType> parameterTypes) {}

    /**
     * Plans an INSERT.
     *
     * @param pump whether it runs for ever
     */
    public Planned plan(SqlInsert insert, boolean pump, List<? extends @Nullable DataType> parameterTypes) {
        StreamDefinition target = target(insert);
        RowType row = target.columns();
        List<Integer> columns =
                InsertedColumns.places(insert, row, i -> row.field(i).nullable());
        SqlNode source = insert.getSource();
        List<@Nullable DataType> types =
                InsertedParameters.types(SqlEmit.query(source), target.columns(), columns, parameterTypes);
        PlanNode.Values constants = pump ? null : ConstantRows.find(source, target.columns(), columns, types);
        if (constants != null) {
            Plan plan = new Plan(Rewriting.apply(constants, false, Emission.ON_CLOSE), false, -1);
            return new Planned(target.name(), columns, plan, ConstantRows.types(types));
        }
        Queries.Lowered query = queries.lower(source, pump, pump ? RowtimeWanted.YES : RowtimeWanted.NO, types);
        if (query.endless() && !pump) {
            throw SqlErrors.invalid(
                    "an INSERT that goes on is a pump",
                    "write CREATE PUMP name AS INSERT INTO " + target.name() + " …, or leave out STREAM",
                    insert.getParserPosition());
        }
        return plan(insert, target, columns, query);
    }

    private static Planned plan(
            SqlInsert insert, StreamDefinition target, List<Integer> columns, Queries.Lowered query) {
        PlanNode rows = query.emit().apply(query.node());
        List<Integer> values = values(query, rows, columns.size());
        if (values.size() != columns.size()) {
            throw SqlErrors.invalid(
                    "the query has " + values.size() + " columns, and " + columns.size() + " of '" + target.name()
                            + "' are to be written",
                    "name the columns: INSERT INTO " + target.name() + " (column, …)",
                    insert.getSource().getParserPosition());
        }
        List<Expression> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field field = target.columns().field(columns.get(i));
            expressions.add(
                    assigned(rows, values.get(i), field, insert.getSource().getParserPosition()));
            names.add(field.name());
        }
        if (query.rowtime() >= 0) {
            expressions.add(rowtime(query, insert));
            names.add(SystemColumns.ROWTIME.name());
        }
        PlanNode root =
                query.rewritten(Nodes.project(rows, expressions, names), query.rowtime() >= 0, insert.getSource());
        EndlessQueries.refuseUpdatingWhere(query.endless(), root, insert.getSource(), "stream '" + target.name() + "'");
        int rowtime = query.rowtime() >= 0 ? columns.size() : -1;
        return new Planned(target.name(), columns, query.plan(root, rowtime), query.parameterTypes());
    }

    /** Returns the places of the query's columns that are values; its ROWTIME is one only if it must be. */
    private static List<Integer> values(Queries.Lowered query, PlanNode rows, int wanted) {
        int size = rows.rowType().size();
        boolean both = query.rowtime() < 0 || (size == wanted && !query.addedRowtime());
        return IntStream.range(0, size)
                .filter(i -> both || i != query.rowtime())
                .boxed()
                .toList();
    }

    private static Expression rowtime(Queries.Lowered query, SqlInsert insert) {
        Expression column = Columns.at(query.rowtime(), query.node().rowType());
        if (!(column.type() instanceof TimestampType)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "ROWTIME is " + column.type(),
                    "give it a TIMESTAMP",
                    insert.getSource().getParserPosition());
        }
        return Coercion.to(DataType.TIMESTAMP, column);
    }

    /** Returns a column of a query as the value of a column of the target. */
    static Expression assigned(PlanNode query, int place, Field field, SqlParserPos pos) {
        Expression column = Columns.at(place, query.rowType());
        if (!constantsFit(query, place, field.type()) && !Assignment.allowed(column, field.type())) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + field.name() + "' is " + field.type() + ", and its value is " + column.type(),
                    "convert it with CAST, or with a function such as TO_TIMESTAMP or UNIX_TIMESTAMP",
                    pos);
        }
        return Assignment.put(column, field);
    }

    /** Returns whether a column is made of constants that can be put into a type. */
    private static boolean constantsFit(PlanNode query, int place, DataType type) {
        return switch (query) {
            case PlanNode.Values values ->
                values.rows().stream().allMatch(row -> Assignment.allowed(row.get(place), type));
            case PlanNode.Project project -> {
                Expression expression = project.expressions().get(place);
                yield expression instanceof Expression.Column column
                        ? constantsFit(project.input(), column.index(), type)
                        : expression instanceof Literal && Assignment.allowed(expression, type);
            }
            case PlanNode.UnionAll union -> union.inputs().stream().allMatch(input -> constantsFit(input, place, type));
            default -> false;
        };
    }

    private StreamDefinition target(SqlInsert insert) {
        SqlIdentifier name = (SqlIdentifier) insert.getTargetTable();
        String simple = name.names.getLast();
        StreamDefinition stream = catalog.stream(simple);
        if (stream == null && catalog.table(simple) != null) {
            throw SqlErrors.unsupported(
                    "'" + simple + "' is a table, and a pump writes into a stream",
                    "CREATE MATERIALIZED VIEW keeps what a query gives at each moment; or pump into a stream and INSERT"
                            + " INTO " + simple + " SELECT from it",
                    name.getParserPosition());
        }
        if (stream == null && (ExternalTable.isUrl(simple) || catalog.externalTable(simple) != null)) {
            throw TableWrites.onlyRead(catalog, simple, name.getParserPosition());
        }
        if (stream == null && catalog.storedQuery(simple) != null) {
            throw TableWrites.view(simple, name.getParserPosition());
        }
        if (stream == null) {
            throw catalog.view(simple) == null
                    ? UnknownNames.stream(
                            simple,
                            catalog.streams().stream()
                                    .map(StreamDefinition::name)
                                    .toList(),
                            name.getParserPosition())
                    : SqlErrors.invalid(
                            "'" + simple + "' is a materialized view",
                            "insert into a stream that the view reads",
                            name.getParserPosition());
        }
        return stream;
    }

    static int find(RowType row, String name) {
        for (int i = 0; i < row.size(); i++) {
            if (row.field(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
