package io.millrace.server.slt;

import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.TableChange;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Kinds of statements: the records of {@link Statement}, each with the kinds of objects or changes that it is about. */
final class StatementKinds {

    /** Streams and functions do not run, and tables and views that stand for queries neither; external tables are shown among the others. */
    private static final Set<String> NOT_THERE = Set.of(
            "ExplainRunning STREAM",
            "ExplainRunning TABLE",
            "ExplainRunning EXTERNAL_TABLE",
            "ExplainRunning FUNCTION",
            "ExplainRunning STORED_QUERY",
            "ShowObjects EXTERNAL_TABLE");

    private StatementKinds() {}

    /** Returns all that there are. */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (Class<?> statement : Statement.class.getPermittedSubclasses()) {
            for (RecordComponent component : statement.getRecordComponents()) {
                about(component.getType()).forEach(what -> all.add(name(statement, what)));
            }
            if (Arrays.stream(statement.getRecordComponents())
                    .allMatch(part -> about(part.getType()).isEmpty())) {
                all.add(statement.getSimpleName());
            }
        }
        all.removeAll(NOT_THERE);
        return all;
    }

    private static Collection<String> about(Class<?> type) {
        if (type == Statement.ObjectKind.class) {
            return Stream.of(Statement.ObjectKind.values()).map(Enum::name).toList();
        }
        return type == TableChange.class || type == Statement.CreateFunction.Source.class
                ? Stream.of(type.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList()
                : Set.of();
    }

    private static String name(Class<?> statement, String what) {
        return statement.getSimpleName() + " " + what;
    }

    /** Returns the kind of a statement. */
    static Set<String> of(Statement statement) {
        Class<?> type = statement.getClass();
        return Set.of(
                switch (statement) {
                    case Statement.Drop drop -> name(type, drop.kind().name());
                    case Statement.ShowObjects show -> name(type, show.kind().name());
                    case Statement.ShowCreate show -> name(type, show.kind().name());
                    case Statement.ExplainRunning explain ->
                        name(type, explain.kind().name());
                    case Statement.ChangeTable change ->
                        name(type, change.change().getClass().getSimpleName());
                    case Statement.CreateFunction create ->
                        name(type, create.source().getClass().getSimpleName());
                    default -> type.getSimpleName();
                });
    }
}
