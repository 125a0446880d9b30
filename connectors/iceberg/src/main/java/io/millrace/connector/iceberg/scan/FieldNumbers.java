package io.millrace.connector.iceberg.scan;

import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.NameMappingParser;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a file's fields. A file that was written for something else and put into a table has none: then its
 * names tell, by the table's property, or else their order.
 */
final class FieldNumbers {

    private FieldNumbers() {}

    static List<FieldIds> of(RowFileReader file, Table table) {
        List<FieldIds> own = file.ids();
        if (own.stream().anyMatch(field -> field.id() >= 0)) {
            return own;
        }
        String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        return mapping == null
                ? inOrder(file.type())
                : named(file.type(), NameMappingParser.fromJson(mapping).asMappedFields());
    }

    private static List<FieldIds> inOrder(RowType type) {
        List<FieldIds> ids = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            ids.add(new FieldIds(i + 1, inside(type.field(i).type(), null)));
        }
        return ids;
    }

    private static List<FieldIds> named(RowType type, @Nullable MappedFields names) {
        return type.fields().stream()
                .map(field -> named(field.name(), field.type(), names))
                .toList();
    }

    private static FieldIds named(String name, DataType type, @Nullable MappedFields names) {
        Integer id = names == null ? null : names.id(name);
        MappedField found = id == null || names == null ? null : names.field(id);
        return id == null || found == null
                ? new FieldIds(-1, inside(type, null))
                : new FieldIds(id, inside(type, found.nestedMapping()));
    }

    private static List<FieldIds> inside(DataType type, @Nullable MappedFields names) {
        return switch (type) {
            case RowType row -> named(row, names);
            case ArrayType array -> List.of(named("element", array.element(), names));
            case MapType map -> List.of(named("key", map.key(), names), named("value", map.value(), names));
            default -> List.of();
        };
    }
}
