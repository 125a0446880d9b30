package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at records for columns that their table lacks. Records are taken one after the other, so what a column is does not
 * hang on how many are read together: the first value says it. A record whose columns the table cannot have fails by itself.
 * For one thread at a time.
 */
final class NewColumns {

    /** Most columns of a table that is grown, those in rows as well: a key for each record is data, and no column. */
    static final int COLUMNS_MAX = 1000;

    private static final int NAME_MAX = 255;
    private static final int REFUSALS_MAX = 100;

    private static final Processing REFUSED = new Processing("Iceberg.SchemaEvolutionFailed", 1, "", true);
    private static final Processing NO_TABLE = new Processing("Iceberg.TableCreationFailed", 1, "", true);

    /** What says that columns cannot be, and not that nobody could be asked. */
    private static final Set<ErrorCode> OF_COLUMNS = Set.of(
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.TYPE_MISMATCH,
            ErrorCode.UNSUPPORTED,
            ErrorCode.INVALID_VALUE,
            ErrorCode.UNDEFINED_COLUMN);

    private final RowType columns;
    private final TableGrowth growth;
    private final Map<RowType, String> refusals = new HashMap<>();

    /** @param columns those that the table has; none where it is not there */
    NewColumns(RowType columns, TableGrowth growth) {
        this.columns = columns;
        this.growth = growth;
    }

    /**
     * Has records fail that would need columns which cannot be.
     *
     * @throws ColumnsOutgrownException where others need columns that the table does not have yet
     */
    void look(ProcessedRecords in) {
        RowType wanted = columns;
        List<DeliveryRecord> left = new ArrayList<>();
        for (DeliveryRecord record : in.records()) {
            RowType next = next(wanted, record);
            String refusal = next.equals(wanted) ? null : refusal(next);
            if (refusal != null) {
                in.fail(record, growth.exists() ? REFUSED : NO_TABLE, refusal);
            } else if (next.size() == 0) {
                in.fail(
                        record,
                        NO_TABLE,
                        "there is no table yet, and the record has no field that it could be made of");
            } else {
                wanted = next;
                left.add(record);
            }
        }
        if (!wanted.equals(columns)) {
            throw new ColumnsOutgrownException(wanted);
        }
        in.records().clear();
        in.records().addAll(left);
    }

    /** Returns the columns that a table needs with a record; as before where nothing may be added, or it is no record. */
    private RowType next(RowType wanted, DeliveryRecord record) {
        if (!growth.evolves() && wanted.size() > 0) {
            return wanted;
        }
        RowType fields = RecordFields.of(record.data());
        return fields == null ? wanted : grown(wanted, fields);
    }

    private @Nullable String refusal(RowType wanted) {
        String known = refusals.get(wanted);
        if (known != null) {
            return known;
        }
        String refusal = unnamed(wanted);
        if (refusal == null && count(wanted) > COLUMNS_MAX) {
            refusal = "the table would have more than " + COLUMNS_MAX + " columns";
        }
        if (refusal == null) {
            refusal = refusalOfTable(wanted);
        }
        if (refusal != null && refusals.size() < REFUSALS_MAX) {
            refusals.put(wanted, refusal);
        }
        return refusal;
    }

    private @Nullable String refusalOfTable(RowType wanted) {
        try {
            growth.check().accept(wanted);
            return null;
        } catch (MillraceException e) {
            if (!OF_COLUMNS.contains(e.code())) {
                throw e;
            }
            return e.describe();
        }
    }

    /** Returns why a name cannot be a column's, or null. */
    private static @Nullable String unnamed(DataType type) {
        if (type instanceof ArrayType array) {
            return unnamed(array.element());
        }
        if (!(type instanceof RowType row)) {
            return null;
        }
        for (Field field : row.fields()) {
            String name = field.name();
            boolean bad = name.isBlank() || name.length() > NAME_MAX || name.indexOf('.') >= 0;
            if (bad || name.chars().anyMatch(c -> c < ' ')) {
                return "'" + name
                        + "' can be no column's name: it is empty, too long, or has a dot or a control character";
            }
            String inside = unnamed(field.type());
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    private static int count(DataType type) {
        return switch (type) {
            case ArrayType array -> count(array.element());
            case RowType row ->
                row.size()
                        + row.fields().stream()
                                .mapToInt(field -> count(field.type()))
                                .sum();
            default -> 0;
        };
    }

    /** Returns columns with those behind them that they lack, also in rows. The same where they lack none. */
    private static RowType grown(RowType columns, RowType seen) {
        List<Field> fields = new ArrayList<>(columns.fields());
        boolean changed = false;
        for (Field field : seen.fields()) {
            int place = place(fields, field.name());
            if (place < 0) {
                fields.add(field);
                changed = true;
                continue;
            }
            Field before = fields.get(place);
            DataType type = grown(before.type(), field.type());
            changed |= type != before.type();
            fields.set(place, new Field(before.name(), type, before.nullable()));
        }
        return changed ? new RowType(fields) : columns;
    }

    private static DataType grown(DataType before, DataType seen) {
        if (before instanceof RowType a && seen instanceof RowType b) {
            return grown(a, b);
        }
        if (before instanceof ArrayType a && seen instanceof ArrayType b) {
            DataType element = grown(a.element(), b.element());
            return element == a.element() ? before : new ArrayType(element, a.elementNullable());
        }
        return before;
    }

    private static int place(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
