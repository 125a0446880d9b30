package io.millrace.delivery.layout;

import io.millrace.delivery.layout.Template.Part;
import io.millrace.spi.Options;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which partition a row belongs to, and what a file's name begins with. For one thread at a time. */
public final class Layout {

    private static final int RANDOM_LENGTH = 11;
    private static final String ALL = "";

    /** Between the values of a partition's keys; escaped values do not have it. */
    private static final char SEPARATOR = '\n';

    private final @Nullable RowParting parting;
    private final Template prefix;
    private final @Nullable Template errorPrefix;
    private final @Nullable Template unroutedPrefix;
    private final ZoneId zone;
    private final List<PartitionField> fields;
    private final RowType fileType;
    private final int @Nullable [] fileColumns;
    private final @Nullable String extension;
    private final int partitionsMax;
    private final StringBuilder text = new StringBuilder();
    private String last = ALL;

    /**
     * Makes the layout of rows of a type.
     *
     * @param parting which rows share a file, where that is not for the options to say; else null
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where the options do not fit together
     *     or name a column that is not there
     */
    public static Layout of(LayoutOptions options, RowType type, @Nullable RowParting parting) {
        return new Layout(options, type, parting);
    }

    private Layout(LayoutOptions options, RowType type, @Nullable RowParting parting) {
        this.parting = parting;
        fields = parting == null ? PartitionField.all(options.partitionBy(), type) : List.of();
        prefix = options.prefix() == null ? Template.hive(fields) : Template.parse("prefix", options.prefix());
        errorPrefix =
                options.errorPrefix() == null ? null : Template.parse("error_output_prefix", options.errorPrefix());
        unroutedPrefix = options.unroutedPrefix() == null
                ? null
                : Template.parse(LayoutOptions.UNROUTED_PREFIX, options.unroutedPrefix());
        zone = options.zone();
        extension = options.extension();
        partitionsMax = options.partitionsMax();
        fileColumns = fields.isEmpty() ? null : fileColumns(type, options.keepColumns());
        fileType = fileColumns == null ? type : type.project(fileColumns);
        check(options);
    }

    private void check(LayoutOptions options) {
        TreeSet<String> known = new TreeSet<>();
        fields.forEach(field -> known.add(field.name()));
        if (!prefix.keys().equals(known)) {
            throw Options.invalid(
                    "prefix",
                    String.valueOf(options.prefix()),
                    "a !{partitionKeyFromQuery:…} for each value of 'partition_by', a key for each that the"
                            + " transformation finds, and no other; those are " + known);
        }
        if (prefix.hasErrorType()) {
            throw Options.invalid(
                    "prefix", String.valueOf(options.prefix()), "!{firehose:error-output-type} for errors only");
        }
        refuseLost("prefix", options.prefix(), prefix);
        refuseLost("error_output_prefix", options.errorPrefix(), errorPrefix);
        refuseLost(LayoutOptions.UNROUTED_PREFIX, options.unroutedPrefix(), unroutedPrefix);
        refuseKeys("error_output_prefix", errorPrefix, options.errorPrefix());
        refuseKeys(LayoutOptions.UNROUTED_PREFIX, unroutedPrefix, options.unroutedPrefix());
        if (!fields.isEmpty() && fileType.size() == 0) {
            throw Options.invalid(
                    "partition_by",
                    options.partitionBy(),
                    "fewer columns: files hold the others, and none is left; or set write_partition_columns = true");
        }
    }

    /** Refuses what would have each file refused, whatever the rows. */
    private static void refuseLost(String option, @Nullable String text, @Nullable Template template) {
        if (text != null && template != null && template.leadsAstray()) {
            throw Options.invalid(option, text, "folders that have a name, and none '.' or '..'");
        }
    }

    private static void refuseKeys(String option, @Nullable Template template, @Nullable String text) {
        if (template != null && !template.keys().isEmpty()) {
            throw Options.invalid(option, String.valueOf(text), "a prefix without partition keys");
        }
    }

    /** Returns the places of the columns that are data, and whose values do not already stand in the folders' names. */
    private int @Nullable [] fileColumns(RowType type, boolean keepsColumns) {
        int[] kept = new int[type.size()];
        int count = 0;
        for (int i = 0; i < type.size(); i++) {
            int column = i;
            boolean isKey = PartitionKey.isIn(type.field(i).name());
            boolean isInName = fields.stream().anyMatch(field -> field.column() == column && field.format() == null);
            if (!isKey && (keepsColumns || !isInName)) {
                kept[count++] = i;
            }
        }
        return count == kept.length ? null : Arrays.copyOf(kept, count);
    }

    /** Returns the type of the rows in the files. */
    public RowType fileType() {
        return fileType;
    }

    /** Returns the rows as the files hold them; they share the columns. */
    public RowBatch fileRows(RowBatch rows) {
        if (fileColumns == null) {
            return rows;
        }
        Column[] columns = new Column[fileColumns.length];
        Arrays.setAll(columns, i -> rows.column(fileColumns[i]));
        RowBatch some = new RowBatch(fileType, columns);
        some.size(rows.size());
        some.select(rows.selection(), rows.selectedCount());
        some.weights(rows.weights());
        some.origins(rows.origins());
        return some;
    }

    public boolean isPartitioned() {
        return parting == null ? !fields.isEmpty() : parting.isParted();
    }

    public int partitionsMax() {
        return partitionsMax;
    }

    /** Returns what names end with. */
    public String extension(String ofFormat) {
        return extension == null ? ofFormat : extension;
    }

    /** Returns the partition of a row: equal text for rows of one file. Neighbours often share it. */
    public String partition(RowBatch rows, int row) {
        if (parting != null) {
            return parting.partition(rows, row);
        }
        if (fields.isEmpty()) {
            return ALL;
        }
        text.setLength(0);
        for (PartitionField field : fields) {
            field.append(rows, row, zone, text);
            text.append(SEPARATOR);
        }
        if (!last.contentEquals(text)) {
            last = text.toString();
        }
        return last;
    }

    /**
     * Returns what the name of a partition's file begins with.
     *
     * @param time ROWTIME of the file's first row
     * @param seed what the random part comes from: another for each file, the same for the same one
     */
    public String prefix(String partition, Instant time, String seed) {
        if (parting != null) {
            return parting.prefix(partition);
        }
        String[] values = partition.split(String.valueOf(SEPARATOR), -1);
        Template.Values more = new Template.Values(time, zone, random(seed), null);
        StringBuilder out = new StringBuilder();
        for (Part part : prefix.parts()) {
            if (part instanceof Template.Key key) {
                appendKey(values[place(key.name())], out);
            } else {
                Template.append(part, more, out);
            }
        }
        return out.toString();
    }

    /** Folders that begin with a dot or a low line are hidden from readers of lakes, but for those of NULL in ours. */
    private static void appendKey(String value, StringBuilder out) {
        boolean begins = out.isEmpty() || out.charAt(out.length() - 1) == '/';
        boolean hidden = value.startsWith(".") || value.startsWith("_");
        if (begins && hidden && !value.equals(PartitionField.NULL_TEXT)) {
            out.append("%%%02X".formatted((int) value.charAt(0))).append(value, 1, value.length());
        } else {
            out.append(value);
        }
    }

    private int place(String key) {
        int place = 0;
        while (!fields.get(place).name().equals(key)) {
            place++;
        }
        return place;
    }

    /** Returns whether what cannot be delivered is written at all. */
    public boolean writesErrors() {
        return errorPrefix != null;
    }

    /** Returns whether records of which nobody knows where they go have names of their own. */
    public boolean namesUnrouted() {
        return unroutedPrefix != null;
    }

    /** Returns what the name of a file of errors begins with; the kind of errors follows where it is not in there. */
    public String errorPrefix(String errorType, Instant time, String seed) {
        return errorPrefix(errorPrefix, errorType, time, seed);
    }

    /** Returns the same for records of which nobody knows where they go. */
    public String unroutedPrefix(String errorType, Instant time, String seed) {
        return errorPrefix(unroutedPrefix, errorType, time, seed);
    }

    private String errorPrefix(@Nullable Template prefix, String errorType, Instant time, String seed) {
        if (prefix == null) {
            throw new IllegalStateException("errors are not written");
        }
        Template.Values values = new Template.Values(time, zone, random(seed), errorType);
        StringBuilder out = new StringBuilder();
        prefix.parts().forEach(part -> Template.append(part, values, out));
        return prefix.hasErrorType() ? out.toString() : out + errorType + "/";
    }

    private static String random(String seed) {
        byte[] bytes = seed.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString().replace("-", "").substring(0, RANDOM_LENGTH);
    }
}
