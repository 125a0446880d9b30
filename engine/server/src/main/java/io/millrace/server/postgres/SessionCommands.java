package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement;
import io.millrace.server.postgres.statement.SessionStatement.Declare;
import io.millrace.server.postgres.type.PostgresType;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.system.relation.PostgresTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the statements that are the gateway's own. */
final class SessionCommands {

    /** Type of what {@code SHOW ALL} answers with. */
    static final RowType SETTINGS = FixedCursor.texts("name", "setting", "description");

    private final ClientSession client;
    private final SqlSession engine;
    private final SessionSettings settings;
    private final DeclaredCursors cursors;
    private final Outbox out;

    SessionCommands(
            ClientSession client, SqlSession engine, SessionSettings settings, DeclaredCursors cursors, Outbox out) {
        this.client = client;
        this.engine = engine;
        this.settings = settings;
        this.cursors = cursors;
        this.out = out;
    }

    Answer run(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.Empty s -> Answer.done("");
            case SessionStatement.Begin s -> begin(s.tag());
            case SessionStatement.Commit s -> end("COMMIT");
            case SessionStatement.Rollback s -> rollback();
            case SessionStatement.Savepoint s -> inTransaction("SAVEPOINT");
            case SessionStatement.Release s -> inTransaction("RELEASE");
            case SessionStatement.RollbackTo s -> rollbackTo();
            case SessionStatement.Set s -> set(s.name(), s.value());
            case SessionStatement.ResetAll s -> resetAll();
            case SessionStatement.Show s -> show(s.name());
            case SessionStatement.ShowAll s -> Answer.of(new FixedCursor(SETTINGS, settings.all(), "SHOW"));
            case SessionStatement.Discard s -> discard(s);
            case SessionStatement.Deallocate s -> deallocate(s.name());
            case SessionStatement.Prepare s -> prepare(s);
            case SessionStatement.Execute s -> client.execute(s);
            case Declare s -> declare(s);
            case SessionStatement.Fetch s -> cursors.fetch(s, settings.fetchTimeoutMillis());
            case SessionStatement.Close s -> close(s.name());
            case SessionStatement.Copy s -> throw new IllegalStateException("COPY is carried out by Statements");
            case SessionStatement.Accept s -> Answer.done(s.tag());
        };
    }

    private Answer begin(String tag) {
        if (client.transaction() == TransactionState.IDLE) {
            client.transaction(TransactionState.OPEN);
        } else {
            out.warning("25001", "there is already a transaction in progress");
        }
        return Answer.done(tag);
    }

    private Answer end(String tag) {
        TransactionState before = client.transaction();
        if (before == TransactionState.IDLE) {
            out.warning("25P01", "there is no transaction in progress");
        }
        client.endTransaction();
        return Answer.done(before == TransactionState.FAILED ? "ROLLBACK" : tag);
    }

    private Answer rollback() {
        if (client.wroteInTransaction()) {
            out.warning(
                    "01000", "ROLLBACK has undone nothing: each statement of the transaction took effect by itself");
        }
        return end("ROLLBACK");
    }

    private Answer inTransaction(String tag) {
        if (client.transaction() == TransactionState.IDLE) {
            throw new SqlStateException(
                    "25P01", tag + " can only be used in transaction blocks", "start one with BEGIN");
        }
        return Answer.done(tag);
    }

    private Answer rollbackTo() {
        inTransaction("ROLLBACK TO SAVEPOINT");
        if (client.wroteInTransaction()) {
            out.warning("01000", "ROLLBACK TO SAVEPOINT has undone nothing: each statement took effect by itself");
        }
        client.transaction(TransactionState.OPEN);
        return Answer.done("ROLLBACK");
    }

    private Answer set(String name, @Nullable String value) {
        if (settings.set(name, value)) {
            out.parameterStatus(settings.displayName(name), settings.shown(name));
        }
        return Answer.done(value == null ? "RESET" : "SET");
    }

    private Answer resetAll() {
        settings.resetAll();
        out.parameterStatuses(settings.reported());
        return Answer.done("RESET");
    }

    private Answer show(String name) {
        RowType type = FixedCursor.texts(settings.displayName(name));
        return Answer.of(new FixedCursor(type, List.of(List.of(settings.shown(name))), "SHOW"));
    }

    private Answer discard(SessionStatement.Discard discard) {
        if (discard.all()) {
            if (client.transaction() != TransactionState.IDLE) {
                throw new SqlStateException("25001", "DISCARD ALL cannot run inside a transaction block");
            }
            cursors.closeAll();
            client.closePortals();
            client.forgetAll();
            resetAll();
        }
        return Answer.done(discard.tag());
    }

    private Answer deallocate(@Nullable String name) {
        if (name == null) {
            client.forgetAll();
            return Answer.done("DEALLOCATE ALL");
        }
        client.statement(name);
        client.forget(name);
        return Answer.done("DEALLOCATE");
    }

    private Answer prepare(SessionStatement.Prepare prepare) {
        int[] oids = prepare.types().stream().mapToInt(SessionCommands::oid).toArray();
        ErrorReport.Source source = new ErrorReport.Source(prepare.statement(), prepare.statement(), 0);
        ParsedStatement statement;
        try {
            statement = client.parse(source, oids);
        } catch (MillraceException e) {
            throw InnerQuery.shifted(e, prepare.statement(), prepare.offset());
        }
        if (!repeatable(statement)) {
            throw new SqlStateException(
                    "42601", "PREPARE takes queries, INSERT, UPDATE and DELETE", "run the statement as it is");
        }
        client.keep(prepare.name(), statement);
        return Answer.done("PREPARE");
    }

    /** Returns the number of a type; 0, which leaves it to be inferred, for what only PostgreSQL has. */
    private static int oid(String type) {
        String element = type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
        int oid = PostgresType.oidOf(type);
        if (oid == 0 && !element.equals("unknown") && PostgresTypes.ofName(element) == null) {
            throw new SqlStateException(
                    "42704", "type \"" + type + "\" does not exist", "leave the types out, and they are inferred");
        }
        return oid;
    }

    /** A definition is made once; queries and what changes rows are run again with other values. */
    private static boolean repeatable(ParsedStatement statement) {
        Prepared prepared = statement.prepared();
        return prepared != null
                && (prepared.rowType() != null
                        || prepared.statement() instanceof Statement.Insert
                        || prepared.statement() instanceof Statement.ChangeTable);
    }

    /** Outside a transaction a cursor lives until it is closed, since no end of a transaction would close it. */
    private Answer declare(Declare declare) {
        cursors.checkFree(declare.name());
        Prepared prepared = InnerQuery.prepare(engine, declare.query(), declare.queryOffset());
        if (prepared.rowType() == null || prepared.statement().writes()) {
            throw new SqlStateException("42P11", "DECLARE CURSOR must specify a query");
        }
        ResultCursor cursor = engine.execute(prepared, List.of());
        boolean outside = client.transaction() == TransactionState.IDLE;
        cursors.add(declare.name(), new RowSource(cursor), declare.hold() || outside);
        return Answer.done("DECLARE CURSOR");
    }

    private Answer close(@Nullable String name) {
        if (name == null) {
            cursors.closeAll();
            return Answer.done("CLOSE CURSOR ALL");
        }
        cursors.close(name);
        return Answer.done("CLOSE CURSOR");
    }
}
