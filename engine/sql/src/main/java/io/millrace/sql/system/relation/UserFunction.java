package io.millrace.sql.system.relation;

import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.type.DataType;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function that a user made, as one of the schema {@code public}.
 *
 * @param oid its number: made from its name, so it is the same after a restart
 */
public record UserFunction(long oid, FunctionDefinition definition) {

    /** PostgreSQL's number of the language of its own functions, and the next that of SQL. */
    static final long INTERNAL_LANGUAGE = 12;

    private static final long SQL_LANGUAGE = 14;

    /** A number that no language of PostgreSQL's has. */
    private static final long JAVA_LANGUAGE = 12_001;

    /** Returns all functions that users made, by name. */
    static List<UserFunction> all(Catalog catalog) {
        Set<Long> taken = new HashSet<>();
        return catalog.functions().stream()
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .map(function -> new UserFunction(UserRelation.number("f" + function.name(), taken), function))
                .toList();
    }

    /** Returns what it takes, as PostgreSQL writes it: {@code x integer, y double precision}. */
    public String arguments() {
        return definition.signature().parameters().stream()
                .map(parameter -> (parameter.name().isEmpty() ? "" : Names.quoted(parameter.name()) + " ")
                        + format(parameter.type()))
                .collect(Collectors.joining(", "));
    }

    /** Returns what it gives, as PostgreSQL writes it. */
    public @Nullable String result() {
        return definition.code() instanceof FunctionDefinition.OfRows rows
                ? rows.columns().fields().stream()
                        .map(column -> Names.quoted(column.name()) + " " + format(column.type()))
                        .collect(Collectors.joining(", ", "TABLE(", ")"))
                : format(definition.signature().result());
    }

    private static @Nullable String format(DataType type) {
        return PostgresTypes.format(PostgresTypes.of(type).oid(), PostgresTypes.modifier(type));
    }

    /** Returns the rows of {@code pg_language}. */
    static List<@Nullable Object[]> languages(Relation relation) {
        return List.of(
                language(relation, INTERNAL_LANGUAGE, "internal"),
                language(relation, SQL_LANGUAGE, "sql"),
                language(relation, JAVA_LANGUAGE, "java"));
    }

    private static @Nullable Object[] language(Relation relation, long oid, String name) {
        boolean trusted = oid != INTERNAL_LANGUAGE;
        return relation.row("oid", oid, "lanname", name, "lanowner", Namespaces.OWNER_OID, "lanpltrusted", trusted);
    }

    /** Returns its row of {@code pg_proc}. */
    @Nullable
    Object[] row(Relation relation) {
        FunctionSignature signature = definition.signature();
        List<FunctionSignature.Parameter> parameters = signature.parameters();
        boolean named =
                parameters.stream().anyMatch(parameter -> !parameter.name().isEmpty());
        return relation.row(
                "oid",
                oid,
                "proname",
                definition.name(),
                "pronamespace",
                Namespaces.PUBLIC_OID,
                "proowner",
                Namespaces.OWNER_OID,
                "prolang",
                definition.code() instanceof FunctionDefinition.InJava ? JAVA_LANGUAGE : SQL_LANGUAGE,
                "procost",
                1f,
                "prokind",
                signature.kind().aggregates() ? "a" : "f",
                "proretset",
                signature.kind() == FunctionKind.TABLE,
                "proisstrict",
                parameters.stream().noneMatch(FunctionSignature.Parameter::nullable),
                "provolatile",
                signature.deterministic() ? "i" : "v",
                "proparallel",
                "u",
                "pronargs",
                parameters.size(),
                "prorettype",
                PostgresTypes.of(signature.result()).oid(),
                "proargtypes",
                parameters.stream()
                        .map(parameter -> PostgresTypes.of(parameter.type()).oid())
                        .toList(),
                "proargnames",
                named
                        ? parameters.stream()
                                .map(FunctionSignature.Parameter::name)
                                .toList()
                        : null,
                "prosrc",
                switch (definition.code()) {
                    case FunctionDefinition.InSql sql -> sql.sql();
                    case FunctionDefinition.InJava java -> java.className();
                    case FunctionDefinition.OfRows rows -> rows.query();
                },
                "probin",
                definition.code() instanceof FunctionDefinition.InJava java ? java.path() : null);
    }
}
