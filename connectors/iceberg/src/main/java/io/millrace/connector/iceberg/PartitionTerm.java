package io.millrace.connector.iceberg;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a table is parted by, as {@code partition_by} has it: {@code day(at)}, {@code bucket(16, id)}.
 *
 * @param transform what is made of the column's value
 * @param width how many buckets, or how long a beginning; 0 for the other transforms
 * @param column the column's name
 */
record PartitionTerm(String transform, int width, String column) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(year|month|day|hour)s?\\s*\\(\\s*([^(),]+?)\\s*\\)"
                    + "|(bucket|truncate)\\s*\\(\\s*(\\d{1,9})\\s*,\\s*([^(),]+?)\\s*\\)|([^(),]+))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    static List<PartitionTerm> parse(String list) {
        List<PartitionTerm> terms = new ArrayList<>();
        if (!list.isBlank()) {
            for (String text : COMMA.split(list, -1)) {
                terms.add(parseOne(text.strip()));
            }
        }
        return terms;
    }

    private static PartitionTerm parseOne(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(
                    "has '" + text + "'",
                    "give columns, year(c), month(c), day(c), hour(c), bucket(number, c) or truncate(length, c)",
                    null);
        }
        if (form.group(1) != null) {
            return new PartitionTerm(form.group(1).toLowerCase(Locale.ROOT), 0, form.group(2));
        }
        if (form.group(3) != null) {
            int width = Integer.parseInt(form.group(4));
            return new PartitionTerm(form.group(3).toLowerCase(Locale.ROOT), width, form.group(5));
        }
        return new PartitionTerm("identity", 0, form.group(6).strip());
    }

    private static MillraceException refused(String what, String hint, @Nullable Exception cause) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, "option 'partition_by' " + what, hint, cause);
    }

    /** Returns how a table with these columns is parted. */
    static PartitionSpec spec(List<PartitionTerm> terms, Schema schema) {
        try {
            PartitionSpec.Builder builder = PartitionSpec.builderFor(schema).caseSensitive(false);
            for (PartitionTerm term : terms) {
                term.addTo(builder);
            }
            return builder.build();
        } catch (ValidationException | IllegalArgumentException e) {
            throw refused(
                    "does not fit the columns: " + e.getMessage(),
                    "the table has: "
                            + schema.columns().stream()
                                    .map(field -> field.name() + " " + field.type())
                                    .toList(),
                    e);
        }
    }

    private void addTo(PartitionSpec.Builder builder) {
        switch (transform) {
            case "year" -> builder.year(column);
            case "month" -> builder.month(column);
            case "day" -> builder.day(column);
            case "hour" -> builder.hour(column);
            case "bucket" -> builder.bucket(column, width);
            case "truncate" -> builder.truncate(column, width);
            default -> builder.identity(column);
        }
    }

    private Term term() {
        return switch (transform) {
            case "year" -> Expressions.year(column);
            case "month" -> Expressions.month(column);
            case "day" -> Expressions.day(column);
            case "hour" -> Expressions.hour(column);
            case "bucket" -> Expressions.bucket(column, width);
            case "truncate" -> Expressions.truncate(column, width);
            default -> Expressions.ref(column);
        };
    }

    /** Returns the change that has a table parted like this from now on, or null where it is. */
    static @Nullable UpdatePartitionSpec change(Table table, List<PartitionTerm> terms) {
        List<PartitionField> wanted = spec(terms, table.schema()).fields();
        List<PartitionField> current = table.spec().fields();
        UpdatePartitionSpec update = table.updateSpec().caseSensitive(false);
        boolean changed = false;
        for (PartitionField field : current) {
            if (!field.transform().isVoid() && !has(wanted, field)) {
                update.removeField(field.name());
                changed = true;
            }
        }
        for (int i = 0; i < terms.size(); i++) {
            if (!has(current, wanted.get(i))) {
                update.addField(terms.get(i).term());
                changed = true;
            }
        }
        return changed ? update : null;
    }

    private static boolean has(List<PartitionField> fields, PartitionField wanted) {
        return fields.stream()
                .anyMatch(field -> field.sourceId() == wanted.sourceId()
                        && field.transform()
                                .toString()
                                .equals(wanted.transform().toString()));
    }
}
