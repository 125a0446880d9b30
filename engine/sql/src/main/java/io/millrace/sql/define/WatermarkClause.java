package io.millrace.sql.define;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.SqlWatermark;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** {@code WATERMARK FOR column AS bound}, with the option {@code idle_timeout}. */
public final class WatermarkClause {

    /** After how long without rows a split no longer holds the others back, where {@code idle_timeout} is not set. */
    public static final long IDLE_MICROS_DEFAULT = 5_000_000L;

    /** The name of the option. */
    public static final String IDLE_TIMEOUT = "idle_timeout";

    private static final long MICROS_PER_MILLI = 1000;

    private WatermarkClause() {}

    /** Returns the time of rows that have these columns. */
    static Rowtime rowtime(@Nullable SqlWatermark watermark, RowType columns, @Nullable String idle) {
        Rowtime said = rowtime(watermark, idle);
        return watermark == null
                ? said
                : resolved(said, columns, watermark.column().getParserPosition());
    }

    /** Returns the time of rows whose columns are not known yet; {@link #resolved} has the rest. */
    static Rowtime rowtime(@Nullable SqlWatermark watermark, @Nullable String idle) {
        if (watermark == null) {
            if (idle != null) {
                throw Options.invalid(IDLE_TIMEOUT, idle, "it with a WATERMARK only");
            }
            return new Rowtime.Arrival();
        }
        String name = watermark.column().getSimple();
        long idleMicros = idle == null ? IDLE_MICROS_DEFAULT : Durations.micros(IDLE_TIMEOUT, idle);
        return new Rowtime.EventTime(name, delay(watermark, name), idleMicros);
    }

    /**
     * Returns a time whose column is one of these, named as it is declared.
     *
     * @throws MillraceException {@code UNDEFINED_COLUMN} or {@code TYPE_MISMATCH} where it is none that can be the time
     */
    public static Rowtime resolved(Rowtime said, RowType columns) {
        return resolved(said, columns, SqlParserPos.ZERO);
    }

    private static Rowtime resolved(Rowtime said, RowType columns, SqlParserPos pos) {
        if (!(said instanceof Rowtime.EventTime time)) {
            return said;
        }
        int place = Inserts.find(columns, time.column());
        if (place < 0) {
            throw UnknownNames.column(
                    time.column(), columns.fields().stream().map(Field::name).toList(), pos);
        }
        Field column = columns.field(place);
        if (!(column.type() instanceof TimestampType)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + column.name() + "' of the WATERMARK is " + column.type(),
                    "declare it as TIMESTAMP",
                    pos);
        }
        return new Rowtime.EventTime(column.name(), time.delayMicros(), time.idleMicros());
    }

    /** Returns how much less than the column the bound is. */
    private static long delay(SqlWatermark watermark, String column) {
        SqlNode bound = watermark.bound();
        if (isColumn(bound, column)) {
            return 0;
        }
        if (bound.getKind() == SqlKind.MINUS
                && bound instanceof SqlCall call
                && isColumn(call.operand(0), column)
                && call.operand(1) instanceof SqlIntervalLiteral literal
                && literal.getValue() instanceof SqlIntervalLiteral.IntervalValue interval
                && !interval.getIntervalQualifier().isYearMonth()) {
            long millis = SqlParserUtil.intervalToMillis(interval);
            if (millis >= 0) {
                return Math.multiplyExact(millis, MICROS_PER_MILLI);
            }
        }
        throw SqlErrors.unsupported(
                "a WATERMARK is its column, or its column less an interval",
                "write WATERMARK FOR " + column + " AS " + column + " - INTERVAL '5' SECOND",
                bound.getParserPosition());
    }

    private static boolean isColumn(SqlNode node, String column) {
        return node instanceof SqlIdentifier identifier
                && identifier.isSimple()
                && identifier.getSimple().equalsIgnoreCase(column);
    }
}
