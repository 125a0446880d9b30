package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.system.relation.Namespaces;
import io.millrace.sql.system.relation.Relations;
import io.millrace.sql.system.relation.Settings;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session asks about itself and the server. */
final class SessionFunctions {

    private static final ArrayType NAMES = new ArrayType(DataType.VARCHAR, false);

    private SessionFunctions() {}

    static void register(Function.Registry functions) {
        functions.constant("version", 0, 0, DataType.VARCHAR, "PostgreSQL " + Settings.SERVER_VERSION + " (Millrace)");
        for (String name : List.of("current_user", "session_user", "user", "current_role", "system_user")) {
            functions.strict(
                    name,
                    0,
                    0,
                    DataType.VARCHAR,
                    (c, a) -> c.snapshot().session().user());
        }
        for (String name : List.of("current_database", "current_catalog")) {
            functions.strict(
                    name,
                    0,
                    0,
                    DataType.VARCHAR,
                    (c, a) -> c.snapshot().session().database());
        }
        functions.constant("current_schema", 0, 0, DataType.VARCHAR, Schemas.PUBLIC);
        functions.strict("current_schemas", 1, 1, NAMES, (c, a) -> schemas(Casts.toBoolean(a[0])));
        // As over a stream: see Builtins.
        for (String name : List.of("now", "current_timestamp")) {
            functions.strict(
                    name,
                    0,
                    0,
                    DataType.TIMESTAMP,
                    (c, a) -> LocalDateTime.ofInstant(c.snapshot().session().now(), ZoneOffset.UTC));
        }
        for (String name : List.of("transaction_timestamp", "statement_timestamp")) {
            functions.strict(
                    name,
                    0,
                    0,
                    DataType.TIMESTAMP_WITH_TIME_ZONE,
                    (c, a) -> c.snapshot().session().now());
        }
        functions.strict("current_setting", 1, 2, DataType.VARCHAR, (c, a) -> setting(a));
        functions.lenient("set_config", 3, 3, arguments -> DataType.VARCHAR, (c, a) -> a[1]);
        functions.constant("pg_is_in_recovery", 0, 0, DataType.BOOLEAN, false);
        functions.constant("pg_backend_pid", 0, 0, DataType.INTEGER, 0);
        functions.constant("txid_current", 0, 0, DataType.BIGINT, Scope.TRANSACTION);
        functions.constant("pg_is_wal_replay_paused", 0, 0, DataType.BOOLEAN, false);
        functions.constant("pg_blocking_pids", 1, 1, new ArrayType(DataType.INTEGER, false), List.of());
        functions.constant("inet_server_addr", 0, 0, DataType.VARCHAR, null);
        functions.constant("inet_server_port", 0, 0, DataType.INTEGER, null);
        functions.constant("inet_client_addr", 0, 0, DataType.VARCHAR, null);
    }

    private static List<String> schemas(boolean implicit) {
        List<String> schemas = new ArrayList<>(Namespaces.SEARCHED);
        if (implicit) {
            schemas.addFirst(Relations.PG_CATALOG);
        }
        return schemas;
    }

    private static @Nullable Object setting(Object[] arguments) {
        String name = Values.text(arguments[0]);
        for (var setting : Settings.ALL.entrySet()) {
            if (setting.getKey().equalsIgnoreCase(name)) {
                return setting.getValue();
            }
        }
        if (arguments.length > 1 && Casts.toBoolean(arguments[1])) {
            return null;
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "unrecognized configuration parameter \"" + name + "\"");
    }
}
