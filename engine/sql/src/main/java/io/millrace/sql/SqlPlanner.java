package io.millrace.sql;

import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans statements. Safe for use by several threads. */
public interface SqlPlanner {

    /**
     * Splits a script at its semicolons, minding quotes and comments. Empty statements are left out.
     */
    List<StatementText> split(String script);

    /** Returns the names of the functions that a statement calls, as it spells them. */
    Set<String> functions(String statement);

    /** Returns the names of what a statement reads: what its FROM clauses name, as it spells it, schemas left out. */
    Set<String> relations(String statement);

    /**
     * Parses, checks and plans one statement, without a semicolon at its end.
     *
     * @param parameterTypes types of the parameters ({@code ?} or {@code $1}) by place, as far as the
     *     caller knows them; null, or a shorter list, leaves them to be inferred
     * @throws io.millrace.spi.error.MillraceException with the position where the statement is wrong
     */
    Prepared plan(String statement, List<? extends @Nullable DataType> parameterTypes);
}
