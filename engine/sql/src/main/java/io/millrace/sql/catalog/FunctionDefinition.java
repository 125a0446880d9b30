package io.millrace.sql.catalog;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.type.DataType.RowType;
import java.util.Set;

/**
 * A function that a user made.
 *
 * @param name name, in the case it was created with; found whatever the case
 * @param signature what it takes and gives
 * @param code what it computes
 */
public record FunctionDefinition(String name, FunctionSignature signature, Code code) {

    /** What a function computes. */
    public sealed interface Code {}

    /**
     * A class.
     *
     * @param path where its jar was when the function was created
     * @param checksum SHA-256 of the jar, in hexadecimal digits, by which its copy is found
     */
    public record InJava(String className, String path, String checksum) implements Code {}

    /**
     * An expression, put in the place of each call.
     *
     * @param body the expression; its columns are the parameters, and it is of the type that the function gives
     * @param sql its text as it was written, from {@code RETURN} or {@code AS} on
     */
    public record InSql(Expression body, String sql) implements Code {}

    /**
     * A query, put in the place of each call in FROM.
     *
     * @param columns names and types of its rows' columns
     * @param converted whether the query gives other types, which are made these
     * @param query its text; names of parameters stand for the arguments
     * @param relations what the query names in FROM, as it spells it, schemas left out
     * @param functions what it calls, as it spells it
     */
    public record OfRows(RowType columns, boolean converted, String query, Set<String> relations, Set<String> functions)
            implements Code {
        public OfRows {
            relations = Set.copyOf(relations);
            functions = Set.copyOf(functions);
        }

        /** Returns whether its query names a relation; names that differ in case only are the same. */
        public boolean names(String relation) {
            return relations.stream().anyMatch(relation::equalsIgnoreCase);
        }
    }
}
