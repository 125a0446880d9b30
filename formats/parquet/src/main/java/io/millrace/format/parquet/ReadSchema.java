package io.millrace.format.parquet;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * What the schema of a file means to us. Levels are counted on the way down: an optional thing adds a
 * definition level, a repeated one adds one of each.
 */
final class ReadSchema {

    private ReadSchema() {}

    static List<Assembler> fields(GroupType group) {
        return fields(group, 0, 0);
    }

    static RowType rowType(List<Assembler> fields) {
        return new RowType(fields.stream().map(Assembler::field).toList());
    }

    private static List<Assembler> fields(GroupType group, int repeated, int defined) {
        if (group.getFieldCount() == 0) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "column '" + group.getName() + "' has no fields");
        }
        List<Assembler> fields = new ArrayList<>();
        for (Type type : group.getFields()) {
            fields.add(of(type, repeated, defined));
        }
        return fields;
    }

    private static Assembler of(Type type, int repeated, int holder) {
        if (type.isRepetition(Repetition.REPEATED)) {
            Assembler element = content(type, false, repeated + 1, holder + 1);
            return array(type.getName(), false, repeated + 1, holder, element);
        }
        boolean nullable = type.isRepetition(Repetition.OPTIONAL);
        return content(type, nullable, repeated, nullable ? holder + 1 : holder);
    }

    private static Assembler content(Type type, boolean nullable, int repeated, int defined) {
        if (type.isPrimitive()) {
            return LeafTypes.leaf(type.asPrimitiveType(), nullable, defined);
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation annotation = group.getLogicalTypeAnnotation();
        if (annotation instanceof ListLogicalTypeAnnotation && holdsOneRepeated(group)) {
            Assembler element = element(group, repeated + 1, defined + 1);
            return array(group.getName(), nullable, repeated + 1, defined, element);
        }
        boolean map = annotation instanceof MapLogicalTypeAnnotation || annotation instanceof MapKeyValueTypeAnnotation;
        if (map && holdsOneRepeated(group) && holdsEntries(group.getType(0))) {
            return map(group, nullable, repeated + 1, defined);
        }
        List<Assembler> fields = fields(group, repeated, defined);
        return new Assembler.Row(group.getName(), rowType(fields), nullable, defined, fields);
    }

    private static boolean holdsOneRepeated(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
    }

    private static boolean holdsEntries(Type repeated) {
        return !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 2;
    }

    private static Assembler array(String name, boolean nullable, int repeated, int defined, Assembler element) {
        ArrayType type = new ArrayType(element.field().type(), element.field().nullable());
        return new Assembler.Array(name, type, nullable, defined, repeated, element);
    }

    /**
     * Finds an array's element below its repeated type. Old writers left out the level between the two; which
     * they are is told by what lies there, as the format's rules for backward compatibility say.
     */
    private static Assembler element(GroupType list, int repeated, int defined) {
        Type inner = list.getType(0);
        if (inner.isPrimitive()) {
            return content(inner, false, repeated, defined);
        }
        GroupType group = inner.asGroupType();
        boolean isElement = group.getFieldCount() > 1
                || group.getType(0).isRepetition(Repetition.REPEATED)
                || group.getName().equals("array")
                || group.getName().equals(list.getName() + "_tuple");
        return isElement ? content(group, false, repeated, defined) : of(group.getType(0), repeated, defined);
    }

    private static Assembler map(GroupType map, boolean nullable, int repeated, int defined) {
        List<Assembler> entry = fields(map.getType(0).asGroupType(), repeated, defined + 1);
        MapType type = new MapType(
                entry.get(0).field().type(),
                entry.get(1).field().type(),
                entry.get(1).field().nullable());
        Assembler row = new Assembler.Row("entry", type.entry(), false, defined + 1, entry);
        return new Assembler.Array(map.getName(), type, nullable, defined, repeated, row);
    }
}
