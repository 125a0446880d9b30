package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.WindowSpec;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.WindowFunctions;
import io.millrace.sql.rewrite.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** TUMBLE and HOP in FROM. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class WindowCalls {

    private static final long MICROS_PER_MILLI = 1000;

    private WindowCalls() {}

    static PlanNode lower(LogicalTableFunctionScan scan, PlanNode input) {
        RexCall call = (RexCall) scan.getCall();
        int time = -1;
        List<Long> lengths = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand.getKind() == SqlKind.DESCRIPTOR) {
                time = ((RexInputRef) ((RexCall) operand).getOperands().getFirst()).getIndex();
            } else {
                lengths.add(micros(operand));
            }
        }
        return new Window(Nodes.NO_ID, input, rowType(input.rowType()), time, spec(call, lengths));
    }

    private static RowType rowType(RowType input) {
        List<Field> fields = new ArrayList<>(input.fields());
        WindowFunctions.COLUMNS.forEach(name -> fields.add(Field.required(name, DataType.TIMESTAMP)));
        return new RowType(fields);
    }

    private static WindowSpec spec(RexCall call, List<Long> lengths) {
        boolean hop = call.getOperator() == WindowFunctions.HOP;
        if (!hop && call.getOperator() != WindowFunctions.TUMBLE) {
            throw ExpressionLowering.unsupported(call);
        }
        long slide = lengths.get(0);
        long size = hop ? lengths.get(1) : slide;
        long offset = lengths.size() > (hop ? 2 : 1) ? lengths.getLast() : 0;
        if (size <= 0 || slide <= 0 || slide > size) {
            throw SqlErrors.invalid(
                    "windows of size " + size + " and slide " + slide + " microseconds",
                    "give a size above zero and a slide of at most the size",
                    call.getParserPosition());
        }
        return new WindowSpec(size, slide, offset);
    }

    private static long micros(RexNode operand) {
        if (operand instanceof RexLiteral literal
                && literal.getType().getSqlTypeName().getFamily()
                        == org.apache.calcite.sql.type.SqlTypeFamily.INTERVAL_DAY_TIME) {
            BigDecimal millis = literal.getValueAs(BigDecimal.class);
            if (millis != null) {
                return Math.multiplyExact(millis.longValueExact(), MICROS_PER_MILLI);
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "a window's length must be a constant interval of days to seconds",
                "write it as INTERVAL '10' SECOND");
    }
}
