package io.millrace.examples.function;

import io.millrace.spi.function.TableFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of what stands behind the question mark of an address, a row each: {@code LATERAL TABLE(query_parts(query))}.
 *
 * <pre>
 *   CREATE FUNCTION query_parts AS 'io.millrace.examples.function.QueryParts' USING JAR 'functions.jar'
 * </pre>
 */
public final class QueryParts implements TableFunction {

    /**
     * A part.
     *
     * @param value empty where there is no equals sign
     */
    public record Part(String name, String value) {}

    public List<Part> apply(String query) {
        List<Part> parts = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                parts.add(
                        equals < 0
                                ? new Part(part, "")
                                : new Part(part.substring(0, equals), part.substring(equals + 1)));
            }
        }
        return parts;
    }
}
