package io.millrace.format.csv;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What columns the first lines of a file seem to have. The first line names them where there is nothing in it but
 * different texts; else they are {@code column1}, {@code column2} and so on.
 */
final class CsvGuess {

    private final Dialect dialect;
    private final FieldScanner in;

    private CsvGuess(Dialect dialect) {
        this.dialect = dialect;
        this.in = new FieldScanner(dialect);
    }

    static GuessedRows of(BytesColumn records, int count, Options options) {
        CsvGuess guess = new CsvGuess(Dialect.of(options));
        List<@Nullable String> first = guess.fields(records, 0);
        boolean header = options.has("header") ? options.getBoolean("header", false) : names(first);
        List<@Nullable DataType> types = new ArrayList<>();
        for (int record = header ? 1 : 0; record < count; record++) {
            guess.add(guess.fields(records, record), first.size(), record, types);
        }
        return new GuessedRows(type(first, header, types), header);
    }

    private void add(List<@Nullable String> fields, int columns, int record, List<@Nullable DataType> types) {
        if (fields.size() < columns || (fields.size() > columns && !dialect.ignoreExtra())) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE,
                    "line " + (record + 1) + " has " + fields.size() + " fields, and the first has " + columns,
                    "say how fields are told apart: CREATE EXTERNAL TABLE … WITH (delimiter = ';')");
        }
        for (int i = 0; i < columns; i++) {
            String field = fields.get(i);
            if (types.size() <= i) {
                types.add(null);
            }
            if (field != null) {
                DataType before = types.get(i);
                types.set(i, before == null ? FieldTypes.of(field) : FieldTypes.both(before, FieldTypes.of(field)));
            }
        }
    }

    private static RowType type(List<@Nullable String> first, boolean header, List<@Nullable DataType> types) {
        List<Field> columns = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i);
            DataType type = i < types.size() ? types.get(i) : null;
            columns.add(Field.nullable(
                    header && name != null ? name.strip() : "column" + (i + 1),
                    type == null ? DataType.VARCHAR : type));
        }
        return new RowType(columns);
    }

    private static boolean names(List<@Nullable String> first) {
        Set<String> different = new HashSet<>();
        for (String name : first) {
            if (name == null
                    || name.isBlank()
                    || !FieldTypes.of(name).equals(DataType.VARCHAR)
                    || Character.isDigit(name.charAt(0))
                    || !different.add(name.strip().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private List<@Nullable String> fields(BytesColumn records, int record) {
        List<@Nullable String> fields = new ArrayList<>();
        int at = records.starts()[record];
        in.record(records.data(), at, records.ends()[record]);
        try {
            while (at >= 0) {
                at = in.next(at);
                fields.add(
                        in.isNull()
                                ? null
                                : new String(in.text(), in.start(), in.end() - in.start(), StandardCharsets.UTF_8));
            }
        } catch (RowFailure e) {
            throw new MillraceException(
                    ErrorCode.INVALID_VALUE, "line " + (record + 1) + ": " + e.reason(), "see the options of CSV", e);
        }
        return fields;
    }
}
