package io.millrace.sql.lower;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Builds casts that are casts. Calcite's own builder spells some of them out as arithmetic in its own units,
 * and folds constants by rules that are not those of the runtime.
 */
final class PlainCasts extends RexBuilder {

    PlainCasts(RelDataTypeFactory factory) {
        super(factory);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos pos,
            RelDataType type,
            RexNode operand,
            boolean matchNullability,
            boolean safe,
            RexLiteral format) {
        if (operand instanceof RexLiteral literal && literal.isNull()) {
            return super.makeCast(pos, type, operand, matchNullability, safe, format);
        }
        boolean nullable =
                matchNullability ? type.isNullable() : operand.getType().isNullable() || safe;
        RelDataType target = typeFactory.createTypeWithNullability(type, nullable);
        return operand.getType().equals(target) ? operand : makeAbstractCast(pos, target, operand, safe);
    }
}
