package io.millrace.sql.view;

import io.millrace.sql.parser.tree.SqlCreateFunction;
import io.millrace.sql.parser.tree.SqlFunctionOfRows;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The relations that a statement names in FROM, as it spells them, those that its WITH defines left out. */
public final class NamedRelations extends RelationWalk {

    private final Set<String> names = new LinkedHashSet<>();

    private NamedRelations() {}

    /** Returns the names, without schemas. */
    public static Set<String> of(SqlNode statement) {
        NamedRelations relations = new NamedRelations();
        SqlFunctionOfRows rows = statement instanceof SqlCreateFunction create ? create.ofRows() : null;
        relations.walk(rows == null ? statement : FunctionQuery.of(rows));
        return relations.names;
    }

    @Override
    SqlNode relation(SqlIdentifier name, boolean asked) {
        names.add(name.names.getLast());
        return name;
    }
}
