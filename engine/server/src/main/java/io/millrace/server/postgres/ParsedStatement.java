package io.millrace.server.postgres;

import io.millrace.server.postgres.statement.SessionStatement;
import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that can be run.
 *
 * @param source where it stands
 * @param own what it asks of the gateway, or null where it is the engine's
 * @param prepared what the engine made of it, or null where it is not the engine's
 * @param declaredOids types that the client declared for its parameters, 0 for none, as far as it did
 */
record ParsedStatement(
        ErrorReport.Source source,
        @Nullable SessionStatement own,
        @Nullable Prepared prepared,
        int[] declaredOids) {

    List<DataType> parameterTypes() {
        return prepared == null ? List.of() : prepared.parameterTypes();
    }

    /** Returns the object id that the client declared for a parameter, or 0. */
    int declaredOid(int parameter) {
        return parameter < declaredOids.length ? declaredOids[parameter] : 0;
    }

    boolean empty() {
        return own instanceof SessionStatement.Empty;
    }
}
