package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.Recognizer;
import io.millrace.server.postgres.statement.SessionStatement;
import io.millrace.server.postgres.statement.SessionStatement.Commit;
import io.millrace.server.postgres.statement.SessionStatement.Fetch;
import io.millrace.server.postgres.statement.SessionStatement.Rollback;
import io.millrace.server.postgres.statement.SessionStatement.RollbackTo;
import io.millrace.server.postgres.statement.SessionStatement.Show;
import io.millrace.server.postgres.statement.SessionStatement.ShowAll;
import io.millrace.server.postgres.type.ParameterDecoder;
import io.millrace.server.postgres.type.PostgresType;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one client has: its engine session, settings, statements, portals and cursors. For one thread. */
final class ClientSession implements AutoCloseable {

    private final SqlSession engine;
    private final SessionSettings settings;
    private final boolean tellsColumnTypes;
    private final Map<String, ParsedStatement> statements = new LinkedHashMap<>();
    private final Map<String, Portal> portals = new LinkedHashMap<>();
    private final DeclaredCursors cursors = new DeclaredCursors();
    private final SessionCommands commands;
    private TransactionState transaction = TransactionState.IDLE;
    private boolean wroteInTransaction;

    /** @param tellsColumnTypes whether the client wants to know what is in columns that travel as JSON */
    ClientSession(SqlSession engine, SessionSettings settings, boolean tellsColumnTypes, Outbox out) {
        this.engine = engine;
        this.tellsColumnTypes = tellsColumnTypes;
        this.settings = settings;
        this.commands = new SessionCommands(this, engine, settings, cursors, out);
    }

    SessionSettings settings() {
        return settings;
    }

    boolean tellsColumnTypes() {
        return tellsColumnTypes;
    }

    SqlSession engine() {
        return engine;
    }

    TransactionState transaction() {
        return transaction;
    }

    void transaction(TransactionState state) {
        transaction = state;
    }

    /** Notes that a statement has changed something for good, in a transaction or not. */
    void wrote() {
        wroteInTransaction = transaction != TransactionState.IDLE;
    }

    /** Returns whether statements of the transaction have changed something, which nothing undoes. */
    boolean wroteInTransaction() {
        return wroteInTransaction;
    }

    /** Ends the transaction and what lives no longer than it. */
    void endTransaction() {
        transaction = TransactionState.IDLE;
        wroteInTransaction = false;
        cursors.endTransaction();
        closePortals();
    }

    /** Plans a statement; {@code declaredOids} are the types that the client gives its parameters. */
    ParsedStatement parse(ErrorReport.Source source, int[] declaredOids) {
        SessionStatement own = Recognizer.recognize(source.statement());
        if (own instanceof Show show && !settings.exists(show.name())) {
            own = null;
        }
        checkUsable(own);
        Prepared prepared = own == null ? engine.prepare(source.statement(), hints(declaredOids)) : null;
        return new ParsedStatement(source, own, prepared, declaredOids);
    }

    private static List<@Nullable DataType> hints(int[] oids) {
        List<@Nullable DataType> hints = new ArrayList<>(oids.length);
        for (int oid : oids) {
            hints.add(PostgresType.hint(oid));
        }
        return hints;
    }

    /** After an error in a transaction nothing but its end is accepted, as clients expect. */
    void checkUsable(@Nullable SessionStatement own) {
        boolean ends = own instanceof Commit || own instanceof Rollback || own instanceof RollbackTo;
        if (transaction == TransactionState.FAILED && !ends && !(own instanceof SessionStatement.Empty)) {
            throw new SqlStateException(
                    "25P02",
                    "current transaction is aborted, commands ignored until end of transaction block",
                    "end it with ROLLBACK");
        }
    }

    /** Returns the type of the rows that the statement answers with, or null where it has none. */
    @Nullable
    RowType rowType(ParsedStatement statement) {
        return switch (statement.own()) {
            case SessionStatement.Execute execute -> rowType(statement(execute.name()));
            case null ->
                statement.prepared() == null ? null : statement.prepared().rowType();
            case Show show -> FixedCursor.texts(settings.displayName(show.name()));
            case ShowAll all -> SessionCommands.SETTINGS;
            case Fetch fetch
            when !fetch.silent() -> cursors.rows(fetch.cursor()).rowType();
            default -> null;
        };
    }

    /** Starts a statement. */
    Answer open(ParsedStatement statement, List<@Nullable Object> parameters) {
        checkUsable(statement.own());
        if (statement.own() != null) {
            return commands.run(statement.own());
        }
        Prepared prepared = Objects.requireNonNull(statement.prepared());
        Answer answer = Answer.of(engine.execute(prepared, parameters));
        if (prepared.statement().writes()) {
            wrote();
        }
        return answer;
    }

    /** Starts a statement that was prepared. */
    Answer execute(SessionStatement.Execute execute) {
        ParsedStatement statement = statement(execute.name());
        List<DataType> types = statement.parameterTypes();
        if (types.size() != execute.values().size()) {
            throw new SqlStateException(
                    "42601",
                    "wrong number of parameters for prepared statement \"" + execute.name() + "\": expected "
                            + types.size() + " but got " + execute.values().size());
        }
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            String value = execute.values().get(i);
            values.add(
                    value == null
                            ? null
                            : ParameterDecoder.decode(
                                    types.get(i), 0, false, value.getBytes(StandardCharsets.UTF_8), settings.zone()));
        }
        return open(statement, values);
    }

    void keep(String name, ParsedStatement statement) {
        if (!name.isEmpty() && statements.containsKey(name)) {
            throw new SqlStateException("42P05", "prepared statement \"" + name + "\" already exists");
        }
        statements.put(name, statement);
    }

    ParsedStatement statement(String name) {
        ParsedStatement statement = statements.get(name);
        if (statement == null) {
            throw new SqlStateException("26000", "prepared statement \"" + name + "\" does not exist");
        }
        return statement;
    }

    void forget(String name) {
        statements.remove(name);
    }

    void forgetAll() {
        statements.clear();
    }

    void keep(String name, Portal portal) {
        if (name.isEmpty()) {
            closePortal(name);
        } else if (portals.containsKey(name)) {
            throw new SqlStateException("42P03", "portal \"" + name + "\" already exists");
        }
        portals.put(name, portal);
    }

    Portal portal(String name) {
        Portal portal = portals.get(name);
        if (portal == null) {
            throw new SqlStateException("34000", "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    /** Returns the declared cursor of this name where there is no portal of it, or null. */
    @Nullable
    RowSource cursorWithoutPortal(String name) {
        return portals.containsKey(name) ? null : cursors.find(name);
    }

    /** Closes a portal, or the declared cursor of this name; that there is neither is no error. */
    void closePortal(String name) {
        Portal portal = portals.remove(name);
        if (portal != null) {
            portal.close();
        } else if (cursors.find(name) != null) {
            cursors.close(name);
        }
    }

    void closePortals() {
        portals.values().forEach(Portal::close);
        portals.clear();
    }

    @Override
    public void close() {
        closePortals();
        cursors.closeAll();
        engine.close();
    }
}
