package io.millrace.sql.catalog;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.function.FunctionSignature;

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
}
