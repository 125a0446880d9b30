package io.millrace.sql.define;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlCopyFrom;
import io.millrace.sql.parser.tree.SqlCreateStream;
import io.millrace.sql.parser.tree.SqlOption;
import io.millrace.sql.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code CREATE STREAM}. */
public final class StreamStatements {

    private static final String FORMAT = "format";

    private StreamStatements() {}

    public static Statement.CreateStream create(SqlCreateStream create) {
        Map<String, String> options = options(create.options());
        RowType columns = columns(create, options.containsKey(FORMAT));
        Rowtime rowtime =
                WatermarkClause.rowtime(create.watermark(), columns, options.get(WatermarkClause.IDLE_TIMEOUT));
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
}
