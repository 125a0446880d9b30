package io.millrace.sql.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * Names of result columns that the statement gives none, by PostgreSQL's rule: a call is called as its function, a
 * cast as what it casts, anything else {@code ?column?}.
 */
public final class Labels {

    /** The label of what has no better one. */
    public static final String NONE = "?column?";

    private static final Pattern UNNAMED = Pattern.compile("EXPR\\$\\d+");

    private Labels() {}

    /** Returns the label of an item of a SELECT list that has no alias. */
    public static String of(SqlNode node) {
        return switch (node) {
            case SqlIdentifier identifier -> identifier.names.getLast();
            case SqlCall call -> ofCall(call);
            default -> NONE;
        };
    }

    private static String ofCall(SqlCall call) {
        return switch (call.getKind()) {
            case AS -> ((SqlIdentifier) call.operand(1)).getSimple();
            case CAST -> ofCast(call);
            case CASE -> "case";
            case EXISTS -> "exists";
            case ARRAY_QUERY_CONSTRUCTOR, ARRAY_VALUE_CONSTRUCTOR -> "array";
            case SCALAR_QUERY -> ofFirst(call.operand(0));
            case SELECT -> ofFirst(call);
            case OVER, ITEM, FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS -> of(call.operand(0));
            case DOT -> of(call.operand(1));
            default -> call.getOperator() instanceof SqlFunction function ? ofFunction(function) : NONE;
        };
    }

    private static String ofCast(SqlCall cast) {
        String inner = of(cast.operand(0));
        return inner.equals(NONE) && cast.operand(1) instanceof SqlDataTypeSpec type
                ? type.getTypeName().names.getLast().toLowerCase(Locale.ROOT)
                : inner;
    }

    private static String ofFunction(SqlFunction function) {
        SqlIdentifier name = function.getSqlIdentifier();
        if (function.getName().startsWith("->")) {
            return NONE;
        }
        // Calcite writes $TUMBLE where a person wrote TUMBLE.
        String written = name == null ? function.getName().replaceFirst("^\\$", "") : name.names.getLast();
        return written.toLowerCase(Locale.ROOT);
    }

    private static String ofFirst(SqlNode query) {
        return query instanceof SqlSelect select && !select.getSelectList().isEmpty()
                ? of(select.getSelectList().get(0))
                : NONE;
    }

    /** Returns the labels of a query's items that have neither an alias nor a name, in order. Ask before validation. */
    public static List<String> unnamed(SqlNode query) {
        return switch (query) {
            case SqlOrderBy order -> unnamed(order.query);
            case SqlWith with -> unnamed(with.body);
            case SqlSelect select ->
                select.getSelectList().stream()
                        .filter(item -> item.getKind() != SqlKind.AS && item.getKind() != SqlKind.IDENTIFIER)
                        .map(Labels::of)
                        .toList();
            case SqlCall call when call.getKind() == SqlKind.UNION -> unnamed(call.operand(0));
            case SqlCall call
            when call.getKind() == SqlKind.VALUES && call.operand(0) instanceof SqlCall row -> places(row);
            default -> List.of();
        };
    }

    private static List<String> places(SqlCall row) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= row.operandCount(); i++) {
            labels.add("column" + i);
        }
        return labels;
    }

    /**
     * Returns the columns' names with these labels in the place of the names that were made up for them. Where they do
     * not match one to one, since a relation has columns of such names, the names stay.
     */
    public static List<String> apply(List<String> names, List<String> labels) {
        if (names.stream().filter(Labels::madeUp).count() != labels.size()) {
            return names;
        }
        List<String> result = new ArrayList<>();
        int next = 0;
        for (String name : names) {
            result.add(madeUp(name) ? labels.get(next++) : name);
        }
        return result;
    }

    private static boolean madeUp(String name) {
        return UNNAMED.matcher(name).matches();
    }
}
