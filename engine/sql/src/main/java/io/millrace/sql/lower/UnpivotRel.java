package io.millrace.sql.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql2rel.SqlRexContext;

/** UNPIVOT among Calcite's operators: the columns that stay, then a row of constants and columns for each of its parts. */
final class UnpivotRel extends SingleRel {

    private final boolean nulls;
    private final int axes;
    private final List<List<RexNode>> parts;

    private UnpivotRel(RelNode input, RelDataType rowType, boolean nulls, int axes, List<List<RexNode>> parts) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.rowType = rowType;
        this.nulls = nulls;
        this.axes = axes;
        this.parts = parts;
    }

    static UnpivotRel of(SqlUnpivot unpivot, RelNode input, SqlRexContext context, RelDataType rowType) {
        int axes = unpivot.axisList.size();
        List<List<RexNode>> parts = new ArrayList<>();
        unpivot.forEachNameValues((columns, constants) -> {
            List<RexNode> part = new ArrayList<>();
            for (SqlNode constant : constants == null ? names(columns, axes) : constants) {
                part.add(context.convertLiteral((SqlLiteral) constant));
            }
            columns.forEach(column -> part.add(context.convertExpression(column)));
            parts.add(part);
        });
        return new UnpivotRel(input, rowType, unpivot.includeNulls, axes, parts);
    }

    /** Returns the names of columns, once for each axis, where the statement gives no constants. */
    private static List<SqlNode> names(SqlNodeList columns, int axes) {
        return Collections.nCopies(
                axes, SqlLiteral.createCharString(SqlUnpivot.aliasValue(columns), SqlParserPos.ZERO));
    }

    /** Returns whether rows come whose values are all NULL. */
    boolean nulls() {
        return nulls;
    }

    /** Returns how many of a part's values are constants. */
    int axes() {
        return axes;
    }

    /** Returns the values that each row gets, once for each of these. */
    List<List<RexNode>> parts() {
        return parts;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new UnpivotRel(inputs.get(0), getRowType(), nulls, axes, parts);
    }
}
