package io.millrace.server.engine;

import io.millrace.server.session.BulkInsert;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.statement.CatalogSession;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A session of an engine: plans statements and has them carried out. */
final class EngineSession implements SqlSession {

    static final String DATABASE = "millrace";

    private final Engine engine;
    private final String user;
    private final SqlPlanner planner;
    private final SessionSettings settings = new SessionSettings();
    private final Set<ResultCursor> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable UnderWay underWay;

    EngineSession(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
        this.planner = engine.planner(user);
    }

    @Override
    public List<StatementText> split(String script) {
        return planner.split(script);
    }

    @Override
    public Prepared prepare(String statement, List<? extends @Nullable DataType> parameterTypes) {
        return planner.plan(statement, parameterTypes);
    }

    @Override
    public ResultCursor execute(Prepared prepared, List<? extends @Nullable Object> parameters) {
        if (parameters.size() != prepared.parameterTypes().size()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the statement has " + prepared.parameterTypes().size() + " parameters, and " + parameters.size()
                            + " values are given");
        }
        UnderWay begun = new UnderWay();
        underWay = begun;
        try {
            return execute(prepared, parameters, begun);
        } finally {
            underWay = null;
        }
    }

    @Override
    public void cancel() {
        UnderWay begun = underWay;
        if (begun != null) {
            begun.cancel();
        }
    }

    private ResultCursor execute(Prepared prepared, List<? extends @Nullable Object> parameters, UnderWay begun) {
        Definitions definitions = engine.definitions();
        return switch (prepared.statement()) {
            case Statement.Query query -> run(query, parameters);
            case Statement.CatalogQuery query -> answer(query, parameters);
            case Statement.Insert insert ->
                ListCursor.done(engine.queries().insert(insert, parameters, settings.zone()));
            case Statement.ChangeTable change -> engine.writer().change(change, parameters, settings.zone());
            case Statement.TruncateTable truncate ->
                ListCursor.done(engine.writer().truncate(truncate));
            case Statement.CreateTable create ->
                ListCursor.done(definitions.tables().create(create));
            case Statement.CreateExternalTable create ->
                ListCursor.done(definitions
                        .tables()
                        .create(create, asked -> engine.externalTables().define(asked, user)));
            case Statement.CreateStream create ->
                ListCursor.done(definitions.streams().create(create));
            case Statement.CreatePump create -> {
                List<String> notices = new ArrayList<>();
                yield ListCursor.done(definitions.pumps().create(create, notices), notices);
            }
            case Statement.CreateView create -> {
                List<String> notices = new ArrayList<>();
                yield ListCursor.done(definitions.views().create(create, begun, notices), notices);
            }
            case Statement.CreateStoredQuery create ->
                ListCursor.done(definitions.storedQueries().create(create));
            case Statement.CreateDelivery create -> {
                List<String> notices = new ArrayList<>();
                yield ListCursor.done(definitions.deliveries().create(create, notices), notices);
            }
            case Statement.CreateFunction create -> ListCursor.done(definitions.create(create, user));
            case Statement.Drop drop -> ListCursor.done(definitions.drop(drop));
            case Statement.AlterPump alter ->
                ListCursor.done(definitions.pumps().alter(alter));
            case Statement.AlterPumpQuery alter -> {
                List<String> notices = new ArrayList<>();
                yield ListCursor.done(definitions.pumps().alter(alter, notices), notices);
            }
            case Statement.AlterDeliveryOptions alter ->
                ListCursor.done(definitions.deliveries().alter(alter));
            case Statement.AlterDeliveryQuery alter -> {
                List<String> notices = new ArrayList<>();
                yield ListCursor.done(definitions.deliveries().alter(alter, notices), notices);
            }
            case Statement.ShowObjects show -> engine.listings().show(show.kind());
            case Statement.ShowWatermarks show -> engine.listings().watermarks();
            case Statement.ShowCreate show -> engine.listings().showCreate(show.kind(), show.name());
            case Statement.ShowSetting show -> Listings.setting(show.name(), settings.shown(show.name()));
            case Statement.SetSetting set -> {
                settings.set(set.name(), set.value());
                yield ListCursor.done("SET");
            }
            case Statement.Describe describe -> engine.listings().describe(describe.name());
            case Statement.Explain explain ->
                Explanations.of(
                        explain.plan(),
                        explain.options(),
                        engine.queries().details(explain.plan(), parameters, settings.zone()));
            case Statement.CopyFiles copy -> ListCursor.done(engine.fileCopy().copy(copy, user, begun));
            case Statement.ExplainRunning explain -> engine.explanations().running(explain);
            case Statement.ExplainAnalyze explain -> analyze(explain, parameters, begun);
        };
    }

    private ResultCursor analyze(
            Statement.ExplainAnalyze explain, List<? extends @Nullable Object> parameters, UnderWay begun) {
        try (QueryCursor query = run(new Statement.Query(explain.plan()), parameters)) {
            begun.onCancel(query::cancel);
            return Explanations.analyze(explain.plan(), explain.options(), query);
        }
    }

    private QueryCursor run(Statement.Query query, List<? extends @Nullable Object> parameters) {
        ResultCursor[] self = new ResultCursor[1];
        QueryCursor cursor =
                engine.queries().open(query.plan(), new ArrayList<>(parameters), settings, () -> open.remove(self[0]));
        self[0] = cursor;
        open.add(cursor);
        return cursor;
    }

    private ResultCursor answer(Statement.CatalogQuery query, List<? extends @Nullable Object> parameters) {
        CatalogSession session =
                new CatalogSession(user, DATABASE, engine.clock().instant());
        RowBatch rows = query.answer().rows(session, parameters);
        return ListCursor.of(rows, "SELECT " + rows.selectedCount());
    }

    @Override
    public BulkInsert bulkInsert(String stream, List<String> columns) {
        return engine.queries().bulkInsert(stream, columns);
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    @Override
    public void setting(String name, @Nullable String value) {
        settings.set(name, value);
    }

    @Override
    public void close() {
        open.forEach(ResultCursor::cancel);
        List.copyOf(open).forEach(ResultCursor::close);
    }
}
