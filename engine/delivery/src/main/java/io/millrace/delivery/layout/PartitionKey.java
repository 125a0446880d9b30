package io.millrace.delivery.layout;

import java.util.Set;

/**
 * Keys that a transformation finds for each record, beside its data: columns of this delivery's rows that no file
 * holds, {@code partitionKey:name}.
 */
public final class PartitionKey {

    private static final String MARK = "partitionKey:";

    private PartitionKey() {}

    /** Returns the column of a key. */
    public static String column(String name) {
        return MARK + name;
    }

    static boolean isIn(String column) {
        return column.startsWith(MARK);
    }

    static String nameIn(String column) {
        return column.substring(MARK.length());
    }

    /** Returns the keys that a prefix wants of a function: {@code !{partitionKeyFromLambda:name}}. */
    public static Set<String> wantedOfFunction(LayoutOptions options) {
        String prefix = options.prefix();
        return prefix == null ? Set.of() : Template.parse("prefix", prefix).functionKeys();
    }
}
