package io.millrace.sql;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.InJava;
import io.millrace.sql.catalog.FunctionDefinition.InSql;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.define.Durations;
import io.millrace.sql.define.WatermarkClause;
import io.millrace.sql.parser.MillraceParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statement that creates what a definition says, for SHOW CREATE and to store it. */
public final class CreateText {

    private CreateText() {}

    public static String of(StreamDefinition stream) {
        List<String> lines = new ArrayList<>();
        for (Field field : stream.columns().fields()) {
            lines.add(name(field.name()) + " " + type(field.type()) + (field.nullable() ? "" : " NOT NULL"));
        }
        if (stream.rowtime() instanceof Rowtime.EventTime time) {
            lines.add(watermark(time));
        }
        String columns =
                lines.isEmpty() ? "" : lines.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"));
        return "CREATE STREAM " + name(stream.name()) + columns + with(options(stream.rowtime(), stream.options()));
    }

    public static String of(TableDefinition table) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Field field = table.columns().field(i);
            TableDefinition.DefaultValue value = table.defaults().get(i);
            lines.add(name(field.name()) + " " + type(field.type()) + (field.nullable() ? "" : " NOT NULL")
                    + (value == null ? "" : " DEFAULT " + value.sql()));
        }
        if (!table.key().isEmpty()) {
            lines.add(table.keyNames().stream()
                    .map(CreateText::name)
                    .collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
        }
        return "CREATE TABLE " + name(table.name()) + " (\n    " + String.join(",\n    ", lines) + "\n)";
    }

    public static String of(ExternalTable table) {
        List<String> lines = new ArrayList<>();
        table.columns().fields().forEach(field -> lines.add(name(field.name()) + " " + type(field.type())));
        if (table.rowtime() instanceof Rowtime.EventTime time) {
            lines.add(watermark(time));
        }
        return "CREATE EXTERNAL TABLE " + name(table.name())
                + lines.stream().collect(Collectors.joining(",\n    ", " (\n    ", "\n)"))
                + "\nFROM " + text(table.url()) + with(options(table.rowtime(), table.options()));
    }

    /** The idle time is an option of the statement, whether or not it was written. */
    private static Options options(Rowtime rowtime, Options given) {
        if (!(rowtime instanceof Rowtime.EventTime time) || given.has(WatermarkClause.IDLE_TIMEOUT)) {
            return given;
        }
        TreeMap<String, String> options = new TreeMap<>(given.asMap());
        options.put(WatermarkClause.IDLE_TIMEOUT, Durations.text(time.idleMicros()));
        return new Options(options);
    }

    private static String watermark(Rowtime.EventTime time) {
        String column = name(time.column());
        if (time.delayMicros() == 0) {
            return "WATERMARK FOR " + column + " AS " + column;
        }
        return "WATERMARK FOR " + column + " AS " + column + " - " + interval(time.delayMicros());
    }

    /** An interval of one unit, the greatest that needs no fraction. */
    private static String interval(long micros) {
        for (IntervalUnit unit : IntervalUnit.values()) {
            if (micros % unit.micros == 0 || unit == IntervalUnit.SECOND) {
                BigDecimal amount = BigDecimal.valueOf(micros)
                        .divide(BigDecimal.valueOf(unit.micros))
                        .stripTrailingZeros();
                int digits = amount.precision() - amount.scale();
                // Two digits before the point are what SQL takes without being told.
                return "INTERVAL '" + amount.toPlainString() + "' " + unit + (digits > 2 ? "(" + digits + ")" : "");
            }
        }
        throw new IllegalStateException("seconds take any fraction");
    }

    private enum IntervalUnit {
        DAY(86_400_000_000L),
        HOUR(3_600_000_000L),
        MINUTE(60_000_000L),
        SECOND(1_000_000L);

        private final long micros;

        IntervalUnit(long micros) {
            this.micros = micros;
        }
    }

    public static String of(PumpDefinition pump) {
        return "CREATE PUMP " + name(pump.name()) + (pump.started() ? " STARTED" : " STOPPED") + " AS\n" + pump.sql();
    }

    public static String of(ViewDefinition view) {
        return "CREATE MATERIALIZED VIEW " + name(view.name()) + names(view.columns()) + " AS\n" + view.sql();
    }

    public static String of(StoredQuery view) {
        return "CREATE VIEW " + name(view.name()) + names(view.columns()) + " AS\n" + view.sql();
    }

    private static String names(RowType columns) {
        return columns.fields().stream().map(field -> name(field.name())).collect(Collectors.joining(", ", " (", ")"));
    }

    public static String of(DeliveryDefinition delivery) {
        DeliveredQuery query = delivery.query();
        String from = query == null
                ? " FROM " + name(Objects.requireNonNull(delivery.source())) + " "
                : " AS\n" + query.sql() + "\n";
        return "CREATE DELIVERY " + name(delivery.name()) + from + "TO " + text(delivery.url())
                + with(delivery.options());
    }

    public static String of(FunctionDefinition function) {
        FunctionSignature signature = function.signature();
        return "CREATE FUNCTION " + name(function.name())
                + switch (function.code()) {
                    case InJava java ->
                        " AS " + text(java.className()) + "\nUSING JAR " + text(java.path()) + " CHECKSUM "
                                + text(java.checksum());
                    case InSql sql -> parameters(signature) + " RETURNS " + type(signature.result()) + "\n" + sql.sql();
                    case OfRows rows ->
                        parameters(signature) + " RETURNS TABLE"
                                + rows.columns().fields().stream()
                                        .map(column -> name(column.name()) + " " + type(column.type()))
                                        .collect(Collectors.joining(", ", " (", ")"))
                                + "\nAS " + quoted(rows.query());
                };
    }

    private static String parameters(FunctionSignature signature) {
        return signature.parameters().stream()
                .map(parameter -> name(parameter.name()) + " " + type(parameter.type()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String quoted(String sql) {
        return sql.contains("$$") ? text(sql) : "$$" + sql + "$$";
    }

    private static String with(Options options) {
        return options.asMap().isEmpty()
                ? ""
                : new TreeMap<>(options.asMap())
                        .entrySet().stream()
                                .map(option -> option(option.getKey()) + " = " + text(option.getValue()))
                                .collect(Collectors.joining(", ", " WITH (", ")"));
    }

    private static String option(String name) {
        return MillraceParser.isPlainName(name) ? name : text(name);
    }

    private static String type(DataType type) {
        return type instanceof RowType row
                ? row.fields().stream()
                        .map(field -> name(field.name()) + " " + type(field.type()))
                        .collect(Collectors.joining(", ", "ROW(", ")"))
                : nested(type);
    }

    private static String nested(DataType type) {
        return switch (type) {
            case DataType.ArrayType array -> type(array.element()) + " ARRAY";
            case DataType.MapType map -> "MAP<" + type(map.key()) + ", " + type(map.value()) + ">";
            default -> type.toString();
        };
    }

    private static String name(String name) {
        return MillraceParser.isPlainName(name) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
