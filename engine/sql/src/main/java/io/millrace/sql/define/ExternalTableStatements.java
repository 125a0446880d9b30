package io.millrace.sql.define;

import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlCreateExternalTable;
import io.millrace.sql.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
        ExternalTable table = new ExternalTable(
                create.name().names.getLast(),
                new RowType(fields),
                create.url(),
                new Options(StreamStatements.options(create.options())),
                !fields.isEmpty());
        return new Statement.CreateExternalTable(table, create.getReplace(), create.ifNotExists());
    }
}
