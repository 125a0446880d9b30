package io.millrace.examples;

import io.millrace.plan.AggregateFunction;
import io.millrace.plan.OverCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.sql.statement.Statement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the language the examples have used: kinds of statements, and functions in their plans. */
final class Coverage {

    private final Set<Class<?>> statements = new HashSet<>();
    private final Set<Enum<?>> functions = new HashSet<>();

    void note(Statement statement) {
        statements.add(statement.getClass());
        walk(statement);
    }

    /** Statements and plans are records of records all the way down. */
    private void walk(@Nullable Object value) {
        switch (value) {
            case ScalarFunction function -> functions.add(function);
            case AggregateFunction function -> functions.add(function);
            case OverCall.Ranking ranking -> functions.add(ranking);
            case Record node -> {
                for (RecordComponent component : node.getClass().getRecordComponents()) {
                    walk(component(node, component));
                }
            }
            case Iterable<?> nodes -> nodes.forEach(this::walk);
            case null, default -> {}
        }
    }

    private static @Nullable Object component(Record node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot look into " + node, e);
        }
    }

    List<String> statementsWithoutExample() {
        List<String> missing = new ArrayList<>();
        for (Class<?> kind : Statement.class.getPermittedSubclasses()) {
            if (!statements.contains(kind)) {
                missing.add(kind.getSimpleName());
            }
        }
        return missing;
    }

    List<String> functionsWithoutExample() {
        List<String> missing = new ArrayList<>();
        Set<Enum<?>> all = new HashSet<>(EnumSet.allOf(ScalarFunction.class));
        all.addAll(EnumSet.allOf(AggregateFunction.class));
        all.addAll(EnumSet.allOf(OverCall.Ranking.class));
        all.removeAll(functions);
        // Nobody writes it: it stands around what is put into a column that is NOT NULL.
        all.remove(ScalarFunction.NOT_NULL);
        // Stands for all aggregates that users make.
        all.remove(AggregateFunction.USER);
        all.forEach(function -> missing.add(function.name()));
        return missing;
    }
}
