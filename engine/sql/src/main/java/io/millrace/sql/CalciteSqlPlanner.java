package io.millrace.sql;

import io.millrace.plan.Plan;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.define.CalledFunctions;
import io.millrace.sql.define.ExternalTableStatements;
import io.millrace.sql.define.FunctionStatements;
import io.millrace.sql.define.Inserts;
import io.millrace.sql.define.Queries;
import io.millrace.sql.define.StatementSource;
import io.millrace.sql.define.StreamStatements;
import io.millrace.sql.define.TableStatements;
import io.millrace.sql.define.TableWrites;
import io.millrace.sql.define.TaskStatements;
import io.millrace.sql.define.ViewStatements;
import io.millrace.sql.error.CalciteErrors;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import io.millrace.sql.parser.StatementSplitter;
import io.millrace.sql.parser.tree.ExplainFormat;
import io.millrace.sql.parser.tree.ObjectKind;
import io.millrace.sql.parser.tree.SqlAlterDeliveryOptions;
import io.millrace.sql.parser.tree.SqlAlterDeliveryQuery;
import io.millrace.sql.parser.tree.SqlAlterPump;
import io.millrace.sql.parser.tree.SqlAlterPumpQuery;
import io.millrace.sql.parser.tree.SqlCopyFrom;
import io.millrace.sql.parser.tree.SqlCreateDelivery;
import io.millrace.sql.parser.tree.SqlCreateExternalTable;
import io.millrace.sql.parser.tree.SqlCreateFunction;
import io.millrace.sql.parser.tree.SqlCreateMaterializedView;
import io.millrace.sql.parser.tree.SqlCreatePump;
import io.millrace.sql.parser.tree.SqlCreateStream;
import io.millrace.sql.parser.tree.SqlCreateTable;
import io.millrace.sql.parser.tree.SqlCreateView;
import io.millrace.sql.parser.tree.SqlDescribeObject;
import io.millrace.sql.parser.tree.SqlDropObject;
import io.millrace.sql.parser.tree.SqlEmit;
import io.millrace.sql.parser.tree.SqlExplainRunning;
import io.millrace.sql.parser.tree.SqlExplainStatement;
import io.millrace.sql.parser.tree.SqlSetSetting;
import io.millrace.sql.parser.tree.SqlShowCreate;
import io.millrace.sql.parser.tree.SqlShowObjects;
import io.millrace.sql.parser.tree.SqlShowSetting;
import io.millrace.sql.parser.tree.SqlShowWatermarks;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.ResultTypes;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.StatementText;
import io.millrace.sql.system.SystemCatalog;
import io.millrace.sql.validate.UntypedParameter;
import io.millrace.sql.view.NamedRelations;
import io.millrace.sql.view.ViewExpansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Plans statements with Calcite. Safe for use by several threads; statements see the catalog as it is. */
public final class CalciteSqlPlanner implements SqlPlanner {

    private final Queries queries;
    private final Inserts inserts;
    private final TaskStatements tasks;
    private final TableStatements tables;
    private final TableWrites writes;
    private final FunctionStatements functions;
    private final ViewStatements views;
    private final ViewExpansion expansion;
    private final Catalog catalog;
    private final SystemCatalog system;

    public CalciteSqlPlanner(Catalog catalog) {
        this.catalog = catalog;
        this.queries = new Queries(catalog);
        this.views = new ViewStatements(catalog, queries);
        this.expansion = new ViewExpansion(catalog);
        this.inserts = new Inserts(catalog, queries);
        this.tasks = new TaskStatements(catalog, queries, inserts);
        this.tables = new TableStatements(queries);
        this.writes = new TableWrites(catalog);
        this.functions = new FunctionStatements(catalog);
        this.system = new SystemCatalog(catalog);
    }

    @Override
    public List<StatementText> split(String script) {
        return StatementSplitter.split(script).stream()
                .map(piece -> new StatementText(piece.text(), piece.offset()))
                .toList();
    }

    @Override
    public Set<String> functions(String statement) {
        return CalledFunctions.of(parse(statement));
    }

    @Override
    public Set<String> relations(String statement) {
        return NamedRelations.of(parse(statement));
    }

    @Override
    public Prepared plan(String statement, List<? extends @Nullable DataType> parameterTypes) {
        List<@Nullable DataType> types = new ArrayList<>(parameterTypes);
        while (true) {
            try {
                return prepared(statement, types);
            } catch (UntypedParameter e) {
                // As PostgreSQL does: what nothing else says is text. Planning changes the tree, so it is read anew.
                while (types.size() <= e.index()) {
                    types.add(null);
                }
                types.set(e.index(), DataType.VARCHAR);
            }
        }
    }

    private Prepared prepared(String statement, List<? extends @Nullable DataType> types) {
        try {
            return prepare(parse(statement), new StatementSource(statement), types);
        } catch (MillraceException | UntypedParameter e) {
            throw e;
        } catch (StackOverflowError e) {
            throw CalciteErrors.tooDeep(e);
        } catch (RuntimeException | AssertionError e) {
            throw CalciteErrors.unforeseen(e);
        }
    }

    private static SqlNode parse(String statement) {
        try {
            return MillraceParser.parse(statement);
        } catch (ParseFailure e) {
            throw CalciteErrors.syntax(e);
        }
    }

    private Prepared prepare(SqlNode tree, StatementSource source, List<? extends @Nullable DataType> parameterTypes) {
        if (writes.serves(tree)) {
            return writes.plan(tree, parameterTypes);
        }
        return switch (tree) {
            case SqlExplainStatement explain -> explain(explain, source, parameterTypes);
            case SqlCopyFrom copy ->
                command(new Statement.CopyFiles(
                        copy.target().names.getLast(), copy.columns(), copy.url(), StreamStatements.options(copy)));
            case SqlExplainRunning explain ->
                answer(
                        new Statement.ExplainRunning(
                                running(explain),
                                explain.name().names.getLast(),
                                explain.analyze(),
                                format(explain.format())),
                        ResultTypes.EXPLAIN);
            case SqlInsert insert -> {
                Inserts.Planned planned = inserts.plan(insert, false, parameterTypes);
                yield new Prepared(
                        new Statement.Insert(planned.target(), planned.columns(), planned.plan()),
                        planned.parameterTypes(),
                        null);
            }
            case SqlCreateStream create -> command(StreamStatements.create(create));
            case SqlCreateTable create -> command(tables.create(create, source));
            case SqlCreateExternalTable create -> command(ExternalTableStatements.create(create));
            case SqlCreatePump create -> command(tasks.create(create, source));
            case SqlCreateMaterializedView create -> command(tasks.create(create, source));
            case SqlCreateView create -> command(views.create(create, source));
            case SqlCreateDelivery create -> command(tasks.create(create, source));
            case SqlCreateFunction create -> command(functions.create(create, source));
            case SqlDropObject drop ->
                command(new Statement.Drop(
                        kind(drop.kind(), drop.name()), drop.name().names.getLast(), drop.ifExists()));
            case SqlAlterPump alter ->
                command(new Statement.AlterPump(alter.name().names.getLast(), alter.start()));
            case SqlAlterPumpQuery alter -> command(tasks.alter(alter, source));
            case SqlAlterDeliveryQuery alter -> command(tasks.alter(alter, source));
            case SqlAlterDeliveryOptions alter -> command(tasks.alter(alter));
            case SqlShowObjects show ->
                answer(new Statement.ShowObjects(shown(show)), ResultTypes.objects(shown(show)));
            case SqlShowWatermarks show -> answer(new Statement.ShowWatermarks(), ResultTypes.WATERMARKS);
            case SqlShowCreate show ->
                answer(
                        new Statement.ShowCreate(
                                kind(show.kind(), show.name()),
                                show.name().names.getLast()),
                        ResultTypes.CREATE);
            case SqlShowSetting show ->
                answer(new Statement.ShowSetting(show.name()), ResultTypes.setting(show.name()));
            case SqlSetSetting set -> command(new Statement.SetSetting(set.name(), set.value()));
            case SqlDescribeObject describe ->
                answer(new Statement.Describe(describe.name().names.getLast()), ResultTypes.COLUMNS);
            default -> query(tree, parameterTypes);
        };
    }

    private Prepared query(SqlNode tree, List<? extends @Nullable DataType> parameterTypes) {
        SqlNode expanded = tree instanceof SqlEmit ? tree : expansion.of(tree);
        if (system.serves(expanded)) {
            return system.prepare(expanded, parameterTypes);
        }
        if (!SqlEmit.query(tree).isA(SqlKind.QUERY)) {
            throw SqlErrors.unsupported(
                    tree.getKind().name().replace('_', ' ') + " is not supported",
                    "see the documentation for the statements there are",
                    tree.getParserPosition());
        }
        Queries.Planned planned = queries.plan(expanded, parameterTypes);
        return new Prepared(
                new Statement.Query(planned.plan()),
                planned.parameterTypes(),
                planned.plan().rowType());
    }

    private Prepared explain(
            SqlExplainStatement explain, StatementSource source, List<? extends @Nullable DataType> parameterTypes) {
        Options options = format(explain.format());
        Prepared explained = prepare(explain.statement(), source, parameterTypes);
        if (explain.analyze()) {
            Statement analyzed = new Statement.ExplainAnalyze(endingPlan(explained), options);
            return new Prepared(analyzed, explained.parameterTypes(), ResultTypes.EXPLAIN);
        }
        return new Prepared(
                switch (explained.statement()) {
                    case Statement.Query query -> new Statement.Explain(query.plan(), options);
                    case Statement.Insert insert -> new Statement.Explain(insert.plan(), options);
                    case Statement.ChangeTable change -> new Statement.Explain(change.rows(), options);
                    case Statement.CreatePump create ->
                        new Statement.Explain(create.pump().plan(), options);
                    case Statement.CreateView create ->
                        new Statement.Explain(create.view().plan(), options);
                    case Statement.CreateDelivery create
                    when create.delivery().query() != null ->
                        new Statement.Explain(
                                Objects.requireNonNull(create.delivery().query())
                                        .plan(),
                                options);
                    default ->
                        throw new MillraceException(
                                ErrorCode.INVALID_STATEMENT,
                                "there is no plan to explain",
                                "EXPLAIN takes a query, an INSERT, UPDATE or DELETE, a pump, a materialized view or a"
                                        + " delivery of a query");
                },
                explained.parameterTypes(),
                ResultTypes.EXPLAIN);
    }

    private static Options format(ExplainFormat format) {
        return new Options(Map.of("format", format.name().toLowerCase(Locale.ROOT)));
    }

    /** Returns the plan of a query that can be run to see what it does. */
    private static Plan endingPlan(Prepared explained) {
        if (!(explained.statement() instanceof Statement.Query query)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "EXPLAIN ANALYZE runs a query, and this is none over streams, tables or views",
                    "leave ANALYZE out, or write EXPLAIN ANALYZE PUMP name for a pump that runs");
        }
        if (query.plan().endless()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "EXPLAIN ANALYZE runs a query to its end, and SELECT STREAM has none",
                    "leave STREAM out, or create a pump and write EXPLAIN ANALYZE PUMP name");
        }
        return query.plan();
    }

    private static Prepared command(Statement statement) {
        return new Prepared(statement, List.of(), null);
    }

    private static Prepared answer(Statement statement, RowType rowType) {
        return new Prepared(statement, List.of(), rowType);
    }

    /** SHOW VIEWS shows those of both kinds. */
    private static Statement.ObjectKind shown(SqlShowObjects show) {
        return show.kind() == ObjectKind.VIEW ? Statement.ObjectKind.STORED_QUERY : kind(show.kind());
    }

    /** VIEW is also said of materialized views. */
    private Statement.ObjectKind kind(ObjectKind kind, SqlIdentifier name) {
        return kind == ObjectKind.VIEW && catalog.view(name.names.getLast()) == null
                ? Statement.ObjectKind.STORED_QUERY
                : kind(kind);
    }

    private Statement.ObjectKind running(SqlExplainRunning explain) {
        String name = explain.name().names.getLast();
        if (explain.kind() == ObjectKind.VIEW && catalog.storedQuery(name) != null) {
            throw SqlErrors.invalid(
                    "view '" + name + "' does not run: it stands for its query",
                    "write EXPLAIN SELECT * FROM " + name,
                    explain.name().getParserPosition());
        }
        return kind(explain.kind());
    }

    private static Statement.ObjectKind kind(ObjectKind kind) {
        return switch (kind) {
            case STREAM -> Statement.ObjectKind.STREAM;
            case TABLE -> Statement.ObjectKind.TABLE;
            case EXTERNAL_TABLE -> Statement.ObjectKind.EXTERNAL_TABLE;
            case PUMP -> Statement.ObjectKind.PUMP;
            case MATERIALIZED_VIEW, VIEW -> Statement.ObjectKind.VIEW;
            case DELIVERY -> Statement.ObjectKind.DELIVERY;
            case FUNCTION -> Statement.ObjectKind.FUNCTION;
        };
    }
}
