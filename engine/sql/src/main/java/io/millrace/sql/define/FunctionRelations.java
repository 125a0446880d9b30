package io.millrace.sql.define;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The relations that functions of rows read, themselves or by way of functions that they call. */
final class FunctionRelations {

    private FunctionRelations() {}

    static Set<String> of(Set<String> functions, Catalog catalog) {
        Set<String> relations = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(functions);
        while (!left.isEmpty()) {
            String name = left.pop();
            FunctionDefinition function = catalog.function(name);
            if (function != null && function.code() instanceof OfRows rows && seen.add(name.toLowerCase(Locale.ROOT))) {
                relations.addAll(rows.relations());
                left.addAll(rows.functions());
            }
        }
        return relations;
    }
}
