package io.millrace.connector.iceberg.scan;

import io.millrace.spi.type.DataType;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A field of a table that is read of its files.
 *
 * @param field the table's
 * @param type the type that its values are wanted as
 */
record WantedField(NestedField field, DataType type) {

    static WantedField of(NestedField field) {
        return new WantedField(field, TableTypes.of(field));
    }
}
