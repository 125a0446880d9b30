package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType.CharacterType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * One of the conditions that AND ties together.
 *
 * @param used places of the row it looks at
 * @param equality its two sides where it is an equality that a hash can find
 */
record Conjunct(Expression condition, BitSet used, @Nullable Equality equality) {

    /** The sides of an equality, and the places each looks at. */
    record Equality(Expression a, BitSet usedByA, Expression b, BitSet usedByB) {}

    static List<Conjunct> split(@Nullable SqlNode condition, ExpressionCompiler expressions) {
        List<Conjunct> conjuncts = new ArrayList<>();
        if (condition != null) {
            split(condition, expressions, conjuncts);
        }
        return conjuncts;
    }

    private static void split(SqlNode node, ExpressionCompiler expressions, List<Conjunct> conjuncts) {
        if (node instanceof SqlCall call && call.getKind() == SqlKind.AND) {
            call.getOperandList().forEach(operand -> split(operand, expressions, conjuncts));
        } else if (node instanceof SqlCall call && call.getKind() == SqlKind.EQUALS) {
            pairs(call).forEach(pair -> conjuncts.add(equality((SqlCall) pair, expressions)));
        } else {
            BitSet used = expressions.scope().noteUse();
            conjuncts.add(new Conjunct(expressions.compile(node), used, null));
        }
    }

    /** Returns the equalities that one of two rows is, {@code (a, b) = (c, d)}; of all else the comparison itself. */
    static List<SqlNode> pairs(SqlCall comparison) {
        SqlNode a = comparison.operand(0);
        SqlNode b = comparison.operand(1);
        boolean rows =
                comparison.getKind() == SqlKind.EQUALS && a.getKind() == SqlKind.ROW && b.getKind() == SqlKind.ROW;
        if (!rows || ((SqlCall) a).operandCount() != ((SqlCall) b).operandCount()) {
            return List.of(comparison);
        }
        List<SqlNode> pairs = new ArrayList<>();
        for (int i = 0; i < ((SqlCall) a).operandCount(); i++) {
            pairs.add(SqlStdOperatorTable.EQUALS.createCall(
                    comparison.getParserPosition(), ((SqlCall) a).operand(i), ((SqlCall) b).operand(i)));
        }
        return pairs;
    }

    private static Conjunct equality(SqlCall call, ExpressionCompiler expressions) {
        BitSet usedByA = expressions.scope().noteUse();
        Expression a = expressions.compile(call.operand(0));
        BitSet usedByB = expressions.scope().noteUse();
        Expression b = expressions.compile(call.operand(1));
        expressions.infer(call.operand(0), b);
        expressions.infer(call.operand(1), a);
        return equality(a, usedByA, b, usedByB);
    }

    static Conjunct equality(Expression a, BitSet usedByA, Expression b, BitSet usedByB) {
        BitSet used = new BitSet();
        used.or(usedByA);
        used.or(usedByB);
        return new Conjunct(
                Operators.comparison(SqlKind.EQUALS, a, b),
                used,
                hashable(a, b) ? new Equality(a, usedByA, b, usedByB) : null);
    }

    private static boolean hashable(Expression a, Expression b) {
        return (Types.numeric(a.type()) && Types.numeric(b.type()))
                || (a.type() instanceof CharacterType && b.type() instanceof CharacterType);
    }

    /** Returns whether all it looks at lies in these places. */
    boolean within(int from, int to) {
        return within(used, from, to);
    }

    static boolean within(BitSet used, int from, int to) {
        return used.isEmpty() || (used.nextSetBit(0) >= from && used.length() <= to);
    }
}
