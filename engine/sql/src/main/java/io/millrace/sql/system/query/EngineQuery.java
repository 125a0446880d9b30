package io.millrace.sql.system.query;

import io.millrace.sql.function.FunctionList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What a query over no relation calls. What the engine has too is the engine's to answer: a function means the same
 * whether there is a FROM or not. What only PostgreSQL's catalog has (its functions, its session, its types of names)
 * is not.
 */
public final class EngineQuery extends SqlBasicVisitor<@Nullable Void> {

    /** Rows here, and an array there. */
    private static final String SERIES = "generate_series";

    /** The same here and there; clients ask for them on connect. */
    private static final Set<String> CLOCK = Set.of("now", "current_timestamp");

    private static final Set<String> ENGINE = FunctionList.ALL.stream()
            .filter(entry -> !entry.kind().equals("aggregate"))
            .map(FunctionList.Entry::name)
            .filter(name -> !CLOCK.contains(name) && !name.equals(SERIES))
            .collect(Collectors.toUnmodifiableSet());

    /** What PostgreSQL's clients write and the engine does not have. */
    private static final Set<SqlKind> CATALOG = EnumSet.of(SqlKind.SOME, SqlKind.ALL, SqlKind.ARRAY_QUERY_CONSTRUCTOR);

    private final Set<String> names = new HashSet<>();
    private boolean catalogOnly;

    private EngineQuery() {}

    /** Returns whether a query over no relation calls what the engine has, and nothing that it does not. */
    public static boolean is(SqlNode query) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        if (!(body instanceof SqlSelect select) || select.getFrom() != null) {
            return false;
        }
        EngineQuery calls = new EngineQuery();
        query.accept(calls);
        return !calls.catalogOnly
                && calls.names.stream().anyMatch(ENGINE::contains)
                && calls.names.stream().noneMatch(EngineQuery::isOfTheCatalog);
    }

    private static boolean isOfTheCatalog(String name) {
        boolean known = ENGINE.contains(name) || CLOCK.contains(name);
        return name.startsWith("pg_") || (!known && Functions.find(name) != null);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        catalogOnly |= CATALOG.contains(call.getKind());
        if (call.getKind() == SqlKind.CAST && call.operand(1) instanceof SqlDataTypeSpec type) {
            cast(type);
        } else {
            names.add(ExpressionCompiler.functionName(call));
        }
        return super.visit(call);
    }

    /** Casts to text say nothing of who is meant: clients put them around all sorts of things. */
    private void cast(SqlDataTypeSpec target) {
        if (!(target.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
            catalogOnly = true;
            return;
        }
        SqlTypeName type = SqlTypeName.get(basic.getTypeName().getSimple());
        if (type != null && !SqlTypeName.CHAR_TYPES.contains(type)) {
            names.add("cast");
        }
    }

    @Override
    public @Nullable Void visit(SqlIdentifier identifier) {
        if (identifier.isSimple()) {
            String name = identifier.getSimple().toLowerCase(Locale.ROOT);
            if (ExpressionCompiler.WITHOUT_PARENTHESES.contains(name)) {
                names.add(name);
            }
        }
        return null;
    }
}
