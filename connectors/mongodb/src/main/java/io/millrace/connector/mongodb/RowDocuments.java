package io.millrace.connector.mongodb;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of rows.
 *
 * <table>
 * <caption>The BSON type of each SQL type</caption>
 * <tr><td>BOOLEAN, integers, REAL and DOUBLE</td><td>bool, int and long, double</td></tr>
 * <tr><td>DECIMAL</td><td>decimal128, of up to 34 digits</td></tr>
 * <tr><td>DATE, TIMESTAMP</td><td>date, in milliseconds, UTC</td></tr>
 * <tr><td>TIME, INTERVAL</td><td>string, as ISO 8601 writes it</td></tr>
 * <tr><td>BINARY</td><td>binData</td></tr>
 * <tr><td>ARRAY; MAP, ROW</td><td>array; object</td></tr>
 * </table>
 */
final class RowDocuments {

    private final CollectionSettings settings;
    private final RowType type;

    RowDocuments(CollectionSettings settings, RowType type) {
        this.settings = settings;
        this.type = type;
    }

    /**
     * Returns a row's document, its id first.
     *
     * @throws RowFailure for a value that BSON has no form for
     */
    Document of(BatchName name, RowBatch rows, int row) {
        Document document = new Document("_id", id(name, rows, row));
        for (int i = 0; i < type.size(); i++) {
            if (i != settings.key() || !type.field(i).name().equals("_id")) {
                document.append(type.field(i).name(), value(type.field(i).type(), cell(rows, i, row)));
            }
        }
        return document;
    }

    private Object cell(RowBatch rows, int field, int row, String whenNull) {
        Object value = value(type.field(field).type(), cell(rows, field, row));
        if (value == null) {
            throw new RowFailure(ErrorCode.NULL_NOT_ALLOWED, whenNull);
        }
        return value;
    }

    private @Nullable Object cell(RowBatch rows, int field, int row) {
        return JavaValues.get(type.field(field).type(), rows.column(field), row);
    }

    private Object id(BatchName name, RowBatch rows, int row) {
        if (settings.key() >= 0) {
            return cell(rows, settings.key(), row, "the column of the id is NULL");
        }
        RowOrigins origins = rows.origins();
        String origin = origins == null ? "" : origins.position(row);
        return settings.delivery() + ":" + (origin.isEmpty() ? name.id() + ":" + row : origin);
    }

    private static @Nullable Object value(DataType type, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal((DecimalType) type, decimal);
            case byte[] bytes -> new Binary(bytes);
            case LocalDate date -> Date.from(date.atStartOfDay().toInstant(ZoneOffset.UTC));
            case LocalDateTime time -> Date.from(time.toInstant(ZoneOffset.UTC));
            case Instant instant -> Date.from(instant);
            case Float number -> number.doubleValue();
            case List<?> list when type instanceof ArrayType array -> list(array, list);
            case List<?> fields -> fields((RowType) type, fields);
            case Map<?, ?> map -> map((MapType) type, map);
            case Boolean plain -> plain;
            case Integer plain -> plain;
            case Long plain -> plain;
            case Double plain -> plain;
            default -> value.toString();
        };
    }

    private static Decimal128 decimal(DecimalType type, BigDecimal value) {
        try {
            return new Decimal128(value);
        } catch (NumberFormatException e) {
            throw new RowFailure(
                    ErrorCode.NUMERIC_OVERFLOW,
                    value + " has more than the 34 digits of a decimal of MongoDB (" + type + ")");
        }
    }

    private static List<@Nullable Object> list(ArrayType type, List<?> values) {
        List<@Nullable Object> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(value(type.element(), value)));
        return list;
    }

    private static Document fields(RowType type, List<?> values) {
        Document document = new Document();
        for (int i = 0; i < type.size(); i++) {
            document.append(type.field(i).name(), value(type.field(i).type(), values.get(i)));
        }
        return document;
    }

    private static Document map(MapType type, Map<?, ?> values) {
        Document document = new Document();
        values.forEach((key, value) -> document.append(String.valueOf(key), value(type.value(), value)));
        return document;
    }
}
