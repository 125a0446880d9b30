package io.millrace.delivery.layout;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value that rows are parted by: a column, or the year, month, day or hour of one.
 *
 * @param name what the value is called in folders and prefixes
 * @param column place of the column
 * @param type the column's type
 * @param format how a time is cut, null for the value itself
 */
record PartitionField(
        String name, int column, DataType type, @Nullable DateTimeFormatter format) {

    /** What stands for NULL in a folder's name: readers of lakes know it. */
    static final String NULL_TEXT = "__HIVE_DEFAULT_PARTITION__";

    private static final Pattern FORM = Pattern.compile(
            "(?:(year|month|day|hour)\\s*\\(\\s*([^()\\s]+)\\s*\\)|([^()\\s]+))(?:\\s+as\\s+([^()\\s]+))?",
            Pattern.CASE_INSENSITIVE);

    /** Reads a list such as {@code country, day(at) AS dt}, and adds the keys that the rows bring with them. */
    static List<PartitionField> all(String list, RowType type) {
        List<PartitionField> fields = parse(list, type);
        for (int i = 0; i < type.size(); i++) {
            String column = type.field(i).name();
            if (PartitionKey.isIn(column)) {
                String name = PartitionKey.nameIn(column);
                refuseTwice(name, fields);
                fields.add(new PartitionField(name, i, type.field(i).type(), null));
            }
        }
        return fields;
    }

    private static void refuseTwice(String name, List<PartitionField> fields) {
        if (fields.stream().anyMatch(other -> other.name.equals(name))) {
            throw refused("has '" + name + "' twice", "give one of them another name with AS");
        }
    }

    /** Reads a list such as {@code country, day(at) AS dt}. */
    static List<PartitionField> parse(String list, RowType type) {
        List<PartitionField> fields = new ArrayList<>();
        if (list.isBlank()) {
            return fields;
        }
        for (String text : list.split(",", -1)) {
            PartitionField field = parseOne(text.strip(), type);
            refuseTwice(field.name, fields);
            fields.add(field);
        }
        return fields;
    }

    private static PartitionField parseOne(String text, RowType type) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(
                    "has '" + text + "'",
                    "give columns, or year(c), month(c), day(c), hour(c) of times; compute the rest in the delivery's"
                            + " query");
        }
        String unit = form.group(1);
        int column = column(unit == null ? form.group(3) : form.group(2), type);
        DataType of = type.field(column).type();
        DateTimeFormatter format = unit == null ? null : format(unit.toLowerCase(Locale.ROOT));
        String name = type.field(column).name();
        if (format == null && (of instanceof ArrayType || of instanceof MapType || of instanceof RowType)) {
            throw refused("has '" + name + "', which is a " + of, "give a column of single values");
        }
        if (format != null && !isTime(of, String.valueOf(unit))) {
            throw refused("asks for the " + unit + " of '" + name + "', which is a " + of, "give a column of times");
        }
        String plain = unit == null ? name : name + "_" + unit.toLowerCase(Locale.ROOT);
        return new PartitionField(form.group(4) == null ? plain : form.group(4), column, of, format);
    }

    private static boolean isTime(DataType type, String unit) {
        return type instanceof TimestampType || (type instanceof DateType && !unit.equalsIgnoreCase("hour"));
    }

    private static int column(String name, RowType type) {
        int exact = type.indexOf(name);
        for (int i = 0; exact < 0 && i < type.size(); i++) {
            if (type.field(i).name().equalsIgnoreCase(name)) {
                exact = i;
            }
        }
        if (exact < 0) {
            throw refused("names column '" + name + "', which is not there", "the rows have: " + type);
        }
        return exact;
    }

    private static DateTimeFormatter format(String unit) {
        return DateTimeFormatter.ofPattern(
                switch (unit) {
                    case "year" -> "uuuu";
                    case "month" -> "uuuu-MM";
                    case "day" -> "uuuu-MM-dd";
                    default -> "uuuu-MM-dd-HH";
                },
                Locale.ROOT);
    }

    private static MillraceException refused(String what, String hint) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, "option 'partition_by' " + what, hint);
    }

    /** Appends a row's value, with what a folder's name cannot hold as {@code %} and two digits. */
    void append(RowBatch rows, int row, ZoneId zone, StringBuilder out) {
        Column values = rows.column(column);
        if (values.isNull(row)) {
            out.append(NULL_TEXT);
        } else if (format != null) {
            out.append(format.format(time(values, row, zone)));
        } else {
            StringBuilder text = new StringBuilder();
            SqlText.append(type, values, row, zone, text);
            appendEscaped(text.isEmpty() ? NULL_TEXT : text.toString(), out);
        }
    }

    private LocalDateTime time(Column values, int row, ZoneId zone) {
        if (type instanceof TimestampType time) {
            return LocalDateTime.ofInstant(
                    JavaValues.instant(((LongColumn) values).get(row)), time.zoned() ? zone : ZoneOffset.UTC);
        }
        return LocalDate.ofEpochDay(((IntColumn) values).get(row)).atStartOfDay();
    }

    private static void appendEscaped(String text, StringBuilder out) {
        boolean dots = text.equals(".") || text.equals("..");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            boolean odd = c >= 0x80 || c < ' ' || c == 0x7f || "\"#%'*/:=?\\{}[]^".indexOf(c) >= 0 || dots;
            if (odd) {
                out.append("%%%02X".formatted(c));
            } else {
                out.append((char) c);
            }
        }
    }
}
