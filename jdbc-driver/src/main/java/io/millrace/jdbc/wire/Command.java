package io.millrace.jdbc.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement and the values of its parameters, as they go to the server. Immutable. */
public final class Command {

    private final String sql;
    private final List<@Nullable String> parameters;
    private final int[] typeOids;

    /**
     * Takes a statement.
     *
     * @param parameters one text per parameter, null for NULL
     * @param typeOids types of the parameters, 0 where the server is to find out; must not be changed
     */
    public Command(String sql, List<@Nullable String> parameters, int[] typeOids) {
        this.sql = sql;
        this.parameters = parameters;
        this.typeOids = typeOids;
    }

    public String sql() {
        return sql;
    }

    List<@Nullable String> parameters() {
        return parameters;
    }

    int[] typeOids() {
        return typeOids;
    }
}
