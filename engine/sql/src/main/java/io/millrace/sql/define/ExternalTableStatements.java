package io.millrace.sql.define;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlCreateExternalTable;
import io.millrace.sql.parser.tree.SqlWatermark;
import io.millrace.sql.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code CREATE EXTERNAL TABLE}. */
public final class ExternalTableStatements {

    private ExternalTableStatements() {}

    public static Statement.CreateExternalTable create(SqlCreateExternalTable create) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlColumn column : create.columns()) {
            String name = column.name().getSimple();
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw SqlErrors.invalid(
                        "column '" + name + "' is declared twice",
                        "names that differ in case only are the same",
                        column.getParserPosition());
            }
            fields.add(Field.nullable(name, DeclaredTypes.of(column.type())));
        }
        Map<String, String> options = StreamStatements.options(create.options());
        RowType columns = new RowType(fields);
        ExternalTable table = new ExternalTable(
                create.name().names.getLast(),
                columns,
                rowtime(create, columns, options),
                create.url(),
                new Options(options),
                !fields.isEmpty());
        return new Statement.CreateExternalTable(table, create.getReplace(), create.ifNotExists());
    }

    /** Columns that are not declared are looked up in the files, and the time among them then. */
    private static Rowtime rowtime(SqlCreateExternalTable create, RowType columns, Map<String, String> options) {
        SqlWatermark watermark = create.watermark();
        String idle = options.get(WatermarkClause.IDLE_TIMEOUT);
        if (watermark != null && !options.containsKey(ExternalTable.WATCH_INTERVAL)) {
            throw SqlErrors.invalid(
                    "only a table whose new files are looked for has a WATERMARK",
                    "add WITH (watch_interval = '10 s'), or leave the WATERMARK out: a query that ends needs none",
                    watermark.getParserPosition());
        }
        return columns.size() == 0
                ? WatermarkClause.rowtime(watermark, idle)
                : WatermarkClause.rowtime(watermark, columns, idle);
    }
}
