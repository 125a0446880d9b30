package io.millrace.connector.iceberg.scan;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** The columns that a query wants, as fields of a table. */
final class WantedColumns {

    private WantedColumns() {}

    static List<WantedField> of(RowType wanted, Schema schema, String table) {
        List<WantedField> fields = new ArrayList<>();
        for (Field column : wanted.fields()) {
            NestedField field = field(schema, column.name(), table);
            DataType type = TableTypes.of(field);
            if (!type.equals(column.type()) && !widens(type, column.type())) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        "column '" + column.name() + "' of '" + table + "' is wanted as " + column.type() + ", and is "
                                + type,
                        "give the statement again, or make the external table anew: CREATE OR REPLACE EXTERNAL TABLE");
            }
            fields.add(new WantedField(field, column.type()));
        }
        return fields;
    }

    private static NestedField field(Schema schema, String name, String table) {
        NestedField exact = schema.asStruct().field(name);
        NestedField found = exact == null ? schema.asStruct().caseInsensitiveField(name) : exact;
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "'" + table + "' has no column '" + name + "'",
                    "there are: "
                            + schema.columns().stream().map(NestedField::name).collect(Collectors.joining(", "))
                            + "; make the external table anew where they have changed");
        }
        return found;
    }

    private static boolean widens(DataType from, DataType to) {
        try {
            Widening.between(from, to);
            return true;
        } catch (MismatchException e) {
            return false;
        }
    }
}
