package io.millrace.sql.define;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlCopyFrom;
import io.millrace.sql.parser.tree.SqlCreateStream;
import io.millrace.sql.parser.tree.SqlOption;
import io.millrace.sql.parser.tree.SqlWatermark;
import io.millrace.sql.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** {@code CREATE STREAM}. */
public final class StreamStatements {

    /** After how long without rows a split no longer holds the others back, where {@code idle_timeout} is not set. */
    public static final long IDLE_MICROS_DEFAULT = 5_000_000L;

    private static final String IDLE_TIMEOUT = "idle_timeout";
    private static final String FORMAT = "format";
    private static final long MICROS_PER_MILLI = 1000;

    private StreamStatements() {}

    public static Statement.CreateStream create(SqlCreateStream create) {
        Map<String, String> options = options(create.options());
        RowType columns = columns(create, options.containsKey(FORMAT));
        Rowtime rowtime = rowtime(create.watermark(), columns, options.get(IDLE_TIMEOUT));
        StreamDefinition stream =
                new StreamDefinition(create.name().names.getLast(), columns, rowtime, new Options(options));
        return new Statement.CreateStream(stream, create.getReplace(), create.ifNotExists());
    }

    /** Returns what a COPY says about its files. */
    public static Options options(SqlCopyFrom copy) {
        return new Options(options(copy.options()));
    }

    static Map<String, String> options(List<SqlOption> list) {
        Map<String, String> options = new TreeMap<>();
        for (SqlOption option : list) {
            if (options.put(option.name(), option.value()) != null) {
                throw SqlErrors.invalid(
                        "option '" + option.name() + "' is given twice",
                        "give each option once",
                        option.getParserPosition());
            }
        }
        return options;
    }

    private static RowType columns(SqlCreateStream create, boolean ofFormat) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlColumn column : create.columns()) {
            String name = column.name().getSimple();
            if (SystemColumns.find(name) != null) {
                throw SqlErrors.invalid(
                        "column name '" + name + "' is taken: every stream has one",
                        "leave the column out, or call it otherwise; WATERMARK FOR says which column is the time",
                        column.getParserPosition());
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw SqlErrors.invalid(
                        "column '" + name + "' is declared twice",
                        "names that differ in case only are the same",
                        column.getParserPosition());
            }
            fields.add(new Field(name, DeclaredTypes.of(column.type()), column.nullable()));
        }
        if (fields.isEmpty() && !ofFormat) {
            throw SqlErrors.invalid(
                    "a stream needs columns",
                    "declare them: CREATE STREAM s (name type, …)",
                    create.getParserPosition());
        }
        return new RowType(fields);
    }

    private static Rowtime rowtime(@Nullable SqlWatermark watermark, RowType columns, @Nullable String idle) {
        if (watermark == null) {
            if (idle != null) {
                throw Options.invalid(IDLE_TIMEOUT, idle, "it with a WATERMARK only");
            }
            return new Rowtime.Arrival();
        }
        String name = watermark.column().getSimple();
        int place = Inserts.find(columns, name);
        if (place < 0) {
            throw UnknownNames.column(
                    name,
                    columns.fields().stream().map(Field::name).toList(),
                    watermark.column().getParserPosition());
        }
        Field column = columns.field(place);
        if (!(column.type() instanceof TimestampType)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + column.name() + "' of the WATERMARK is " + column.type(),
                    "declare it as TIMESTAMP",
                    watermark.column().getParserPosition());
        }
        long idleMicros = idle == null ? IDLE_MICROS_DEFAULT : Durations.micros(IDLE_TIMEOUT, idle);
        return new Rowtime.EventTime(column.name(), delay(watermark, column.name()), idleMicros);
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
