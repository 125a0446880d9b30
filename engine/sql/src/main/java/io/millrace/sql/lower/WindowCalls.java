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
import org.apache.calcite.sql.SqlOperator;

/** TUMBLE, HOP, CUMULATE and SESSION in FROM. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class WindowCalls {

    private static final long MICROS_PER_MILLI = 1000;

    private WindowCalls() {}

    static PlanNode lower(LogicalTableFunctionScan scan, PlanNode input) {
        RexCall call = (RexCall) scan.getCall();
        List<List<Integer>> descriptors = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand.getKind() == SqlKind.DESCRIPTOR) {
                descriptors.add(columns((RexCall) operand));
            } else {
                lengths.add(micros(operand));
            }
        }
        return new Window(
                Nodes.NO_ID,
                input,
                rowType(input.rowType()),
                descriptors.getFirst().getFirst(),
                spec(call, lengths),
                descriptors.size() > 1 ? descriptors.get(1) : List.of());
    }

    private static List<Integer> columns(RexCall descriptor) {
        return descriptor.getOperands().stream()
                .map(column -> ((RexInputRef) column).getIndex())
                .toList();
    }

    private static RowType rowType(RowType input) {
        List<Field> fields = new ArrayList<>(input.fields());
        WindowFunctions.COLUMNS.forEach(name -> fields.add(Field.required(name, DataType.TIMESTAMP)));
        return new RowType(fields);
    }

    private static WindowSpec spec(RexCall call, List<Long> lengths) {
        SqlOperator function = call.getOperator();
        if (function == WindowFunctions.TUMBLE) {
            return hopping(call, lengths.get(0), lengths.get(0), offset(lengths, 1));
        }
        if (function == WindowFunctions.HOP) {
            return hopping(call, lengths.get(1), lengths.get(0), offset(lengths, 2));
        }
        if (function == WindowFunctions.CUMULATE) {
            return cumulating(call, lengths.get(1), lengths.get(0), offset(lengths, 2));
        }
        if (function == WindowFunctions.SESSION) {
            return session(call, lengths.get(0));
        }
        throw ExpressionLowering.unsupported(call);
    }

    private static long offset(List<Long> lengths, int place) {
        return lengths.size() > place ? lengths.get(place) : 0;
    }

    private static WindowSpec hopping(RexCall call, long size, long slide, long offset) {
        if (size <= 0 || slide <= 0 || slide > size) {
            boolean tumbles = call.getOperator() == WindowFunctions.TUMBLE;
            throw SqlErrors.invalid(
                    "windows of size " + seconds(size) + (tumbles ? "" : " and slide " + seconds(slide)),
                    tumbles
                            ? "give a size above zero"
                            : "give the slide first, above zero, and then a size of at least the slide",
                    call.getParserPosition());
        }
        return new WindowSpec.Hopping(size, slide, offset);
    }

    private static WindowSpec cumulating(RexCall call, long size, long step, long offset) {
        if (size <= 0 || step <= 0 || step > size) {
            throw SqlErrors.invalid(
                    "cumulating windows of size " + seconds(size) + " and step " + seconds(step),
                    "give the step first, above zero, and then a size of at least the step",
                    call.getParserPosition());
        }
        return new WindowSpec.Cumulating(size, step, offset);
    }

    private static WindowSpec session(RexCall call, long gap) {
        if (gap <= 0) {
            throw SqlErrors.invalid(
                    "sessions with a gap of " + seconds(gap), "give a gap above zero", call.getParserPosition());
        }
        return new WindowSpec.Session(gap);
    }

    private static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
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
                "write it as INTERVAL '10' SECOND; for months and years, GROUP BY FLOOR(time TO MONTH)");
    }
}
