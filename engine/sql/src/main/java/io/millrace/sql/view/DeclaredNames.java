package io.millrace.sql.view;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The names that a query gives to something, and those of the relations that it reads. */
public final class DeclaredNames extends SqlBasicVisitor<@Nullable Void> {

    private final Set<String> names = new LinkedHashSet<>();

    private DeclaredNames() {}

    /** Returns them as the query spells them; those of the relations without their schemas. */
    public static Set<String> of(SqlNode query) {
        DeclaredNames declared = new DeclaredNames();
        declared.names.addAll(NamedRelations.of(query));
        query.accept(declared);
        return declared.names;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlWithItem item) {
            names.add(item.name.getSimple());
            if (item.columnList != null) {
                item.columnList.forEach(this::add);
            }
        } else if (call.getKind() == SqlKind.AS) {
            call.getOperandList().stream().skip(1).forEach(this::add);
        }
        return super.visit(call);
    }

    private void add(SqlNode node) {
        if (node instanceof SqlIdentifier name) {
            names.add(name.names.getLast());
        }
    }
}
