package io.millrace.sql.validate;

import io.millrace.spi.type.DataType;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Gives parameters the types that the caller knows, as casts in the tree. */
final class ParameterTypes {

    private ParameterTypes() {}

    /** Returns the tree with a cast around each parameter whose type is known. */
    static SqlNode apply(SqlNode tree, List<? extends @Nullable DataType> types, MillraceTypeFactory factory) {
        if (types.stream().allMatch(type -> type == null)) {
            return tree;
        }
        SqlNode result = tree.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam parameter) {
                DataType type = parameter.getIndex() < types.size() ? types.get(parameter.getIndex()) : null;
                return type == null ? parameter : cast(parameter, spec(type, factory));
            }

            /** A count of rows stays a parameter: Calcite takes no cast there. */
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                SqlNode typed = super.visit(call);
                return typed instanceof SqlOrderBy inner && call instanceof SqlOrderBy order
                        ? new SqlOrderBy(
                                inner.getParserPosition(), inner.query, inner.orderList, order.offset, order.fetch)
                        : typed;
            }
        });
        return result == null ? tree : result;
    }

    /** Returns how many parameters a tree has: the greatest number, as some may be left out. */
    static int count(SqlNode tree) {
        Set<Integer> indexes = new TreeSet<>();
        tree.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlDynamicParam parameter) {
                indexes.add(parameter.getIndex());
                return null;
            }
        });
        return indexes.isEmpty() ? 0 : ((TreeSet<Integer>) indexes).last() + 1;
    }

    private static SqlDataTypeSpec spec(DataType type, MillraceTypeFactory factory) {
        return SqlTypeUtil.convertTypeToSpec(Types.toCalcite(type, true, factory));
    }

    private static SqlCall cast(SqlNode node, SqlDataTypeSpec type) {
        return SqlStdOperatorTable.CAST.createCall(node.getParserPosition(), node, type);
    }
}
