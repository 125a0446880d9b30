package io.millrace.sql.lower;

import io.millrace.sql.validate.ValidQuery;
import java.util.Objects;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's converter, but for two clauses. The expressions of MATCH_RECOGNIZE become ones over a row of what they take from a
 * match. UNPIVOT stays what it is: Calcite joins with constants, which an endless query would keep all rows for.
 */
final class MatchConverter extends SqlToRelConverter {

    private final SqlValidator queryValidator;
    private @Nullable MatchExpressions expressions;

    MatchConverter(ValidQuery query, RelOptCluster cluster, SqlRexConvertletTable convertlets, Config config) {
        super(
                (type, text, schema, view) -> {
                    throw new UnsupportedOperationException("views are not expanded");
                },
                query.validator(),
                query.tables(),
                cluster,
                convertlets,
                config);
        this.queryValidator = query.validator();
    }

    @Override
    protected @Nullable RexNode convertExtendedExpression(SqlNode node, Blackboard bb) {
        return expressions == null ? null : expressions.convert(node, bb);
    }

    @Override
    protected void convertUnpivot(Blackboard bb, SqlUnpivot unpivot) {
        Blackboard inner = createBlackboard(queryValidator.getJoinScope(unpivot), null, false);
        convertFrom(inner, unpivot.query);
        RelDataType rowType =
                Objects.requireNonNull(queryValidator.getNamespace(unpivot)).getRowType();
        bb.setRoot(UnpivotRel.of(unpivot, inner.root(), inner, rowType), true);
    }

    @Override
    protected void convertMatchRecognize(Blackboard bb, SqlMatchRecognize match) {
        Blackboard inner = createBlackboard(queryValidator.getMatchRecognizeScope(match), null, false);
        convertFrom(inner, match.getTableRef());
        RelNode input = inner.root();
        MatchRelBuilder builder = new MatchRelBuilder(match, input, inner, (expression, values) -> {
            MatchExpressions around = expressions;
            expressions = values;
            try {
                return inner.convertExpression(expression);
            } finally {
                expressions = around;
            }
        });
        SqlValidatorNamespace namespace = Objects.requireNonNull(queryValidator.getNamespace(match));
        bb.setRoot(builder.build(namespace.getRowType()), true);
    }
}
