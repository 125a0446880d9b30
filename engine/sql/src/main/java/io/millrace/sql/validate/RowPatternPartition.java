package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** PARTITION BY of MATCH_RECOGNIZE: columns, and expressions of columns, which are put out where they have a name. */
final class RowPatternPartition {

    private final MillraceValidator validator;
    private final SqlValidatorScope scope;

    RowPatternPartition(MillraceValidator validator, SqlValidatorScope scope) {
        this.validator = validator;
        this.scope = scope;
    }

    /**
     * What rows are parted by.
     *
     * @param name of the column it is put out as, or null for an expression that is not
     * @param renamed whether it is given a name that it does not have by itself
     */
    record Key(@Nullable String name, boolean renamed, RelDataType type, SqlParserPos position) {}

    /** Checks the keys, and gives the statement what they mean. */
    List<Key> keys(SqlMatchRecognize match) {
        List<Key> keys = new ArrayList<>();
        List<SqlNode> meant = new ArrayList<>();
        for (SqlNode key : match.getPartitionList()) {
            SqlIdentifier name = key.getKind() == SqlKind.AS ? ((SqlCall) key).operand(1) : null;
            SqlNode value = name == null ? key : ((SqlCall) key).operand(0);
            SqlNode checked = value instanceof SqlIdentifier ? column(value) : expression(value);
            String own = value instanceof SqlIdentifier column ? column.names.getLast() : null;
            keys.add(new Key(
                    name == null ? own : name.getSimple(),
                    name != null,
                    validator.deriveType(scope, checked),
                    key.getParserPosition()));
            meant.add(
                    name == null ? checked : SqlStdOperatorTable.AS.createCall(key.getParserPosition(), checked, name));
        }
        match.setOperand(
                SqlMatchRecognize.OPERAND_PARTITION_BY,
                new SqlNodeList(meant, match.getPartitionList().getParserPosition()));
        return keys;
    }

    private SqlNode column(SqlNode column) {
        column.validate(validator, scope);
        return column;
    }

    private SqlNode expression(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall call) {
                if (!ofOneRow(call)) {
                    throw SqlErrors.invalid(
                            "PARTITION BY of MATCH_RECOGNIZE is of single rows, and "
                                    + call.getOperator().getName() + " is not",
                            "compute it in a subquery: FROM (SELECT …) MATCH_RECOGNIZE (…)",
                            call.getParserPosition());
                }
                return super.visit(call);
            }
        });
        SqlNode expanded = validator.expand(expression, scope);
        validator.infer(validator.getUnknownType(), scope, expanded);
        expanded.validateExpr(validator, scope);
        return expanded;
    }

    private static boolean ofOneRow(SqlCall call) {
        return switch (call.getKind()) {
            case FIRST, LAST, PREV, NEXT, RUNNING, FINAL, CLASSIFIER, MATCH_NUMBER, OVER, FILTER -> false;
            default ->
                !call.isA(SqlKind.QUERY)
                        && !call.getOperator().isAggregator()
                        && !call.getOperator().getName().equalsIgnoreCase("CLASSIFIER");
        };
    }
}
