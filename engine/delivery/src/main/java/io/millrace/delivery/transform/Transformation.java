package io.millrace.delivery.transform;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.delivery.layout.PartitionKey;
import io.millrace.spi.Options;
import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery's options say of transforming records. Immutable.
 *
 * <pre>
 *   whole_records    true: records go byte for byte, whatever columns the stream has
 *   deaggregate      true: the records of the Kinesis Producer Library, each by itself
 *   decompress       gzip
 *   log_events       true: the messages of CloudWatch Logs, each a record
 *   split_records    json, or a delimiter
 *   transform        URL of a function, or name of one in Java; see {@link FunctionSettings} for what stands beside it
 *   append_text      what is put behind each record
 *   partition_query  query of jq whose keys partitions are named by
 *   read_as          format that records are read in, with the columns of the table that they go to
 *   schema_evolution true: the table gets a column for each new key of a record
 *   table_creation   true: a table that is missing is made of the first record
 *   route            the table whose records are delivered; see {@link Routing}
 * </pre>
 */
public final class Transformation {

    /** Option that has records delivered as they are. */
    public static final String WHOLE = "whole_records";

    private static final String DECOMPRESS = "decompress";
    private static final String LOG_EVENTS = "log_events";
    private static final String SPLIT = "split_records";
    private static final String DEAGGREGATE = "deaggregate";
    private static final String APPEND = "append_text";

    /** Option of a query of jq. */
    public static final String QUERY = "partition_query";

    /** Option of the format that records are read in, with the columns of their table. */
    public static final String READ_AS = "read_as";

    /** Option that has the table get columns for new keys. */
    private static final String EVOLUTION = "schema_evolution";

    /** Option that has a table made that is missing. */
    public static final String CREATION = "table_creation";

    /** The names of the options read here. */
    public static final List<String> NAMES = List.of(
            WHOLE,
            READ_AS,
            EVOLUTION,
            CREATION,
            Routing.ROUTE,
            Routing.IN_DATABASE,
            Routing.OTHERS,
            Routing.ERROR_PREFIX,
            DEAGGREGATE,
            DECOMPRESS,
            LOG_EVENTS,
            SPLIT,
            QUERY,
            APPEND,
            FunctionSettings.URL,
            FunctionSettings.NAME,
            FunctionSettings.ARN,
            FunctionSettings.BYTES,
            FunctionSettings.INTERVAL,
            FunctionSettings.RETRIES,
            FunctionSettings.TIMEOUT);

    /** Most records of a call. */
    private static final int RECORDS_MAX = 10_000;

    private final Options options;
    private final @Nullable FunctionSettings function;
    private final @Nullable Supplier<DeliveryFunction> inJava;
    private final JavaFunctions functions;
    private final Set<String> functionKeys;
    private final Set<String> queryKeys;
    private final @Nullable Routing routing;

    private Transformation(Options options, String delivery, JavaFunctions functions) {
        LayoutOptions layout = LayoutOptions.from(options);
        this.options = options;
        this.function = options.has(FunctionSettings.URL)
                ? FunctionSettings.from(options, delivery, layout.errorPrefix() != null)
                : null;
        this.inJava = named(options).map(functions.finder()::find).orElse(null);
        this.functions = functions;
        this.functionKeys = PartitionKey.wantedOfFunction(layout);
        this.queryKeys = options.has(QUERY) ? QueryKeys.keys(options.get(QUERY, "")) : Set.of();
        this.routing = Routing.from(options);
        check();
    }

    /**
     * Reads the options of these names and leaves alone the others.
     *
     * @param delivery its name
     * @param functions those in Java
     * @return null where records are not transformed
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT}, and what a function that is named says
     */
    public static @Nullable Transformation from(Options options, String delivery, JavaFunctions functions) {
        Transformation read = new Transformation(options, delivery, functions);
        return read.isNone() ? null : read;
    }

    /** Returns the name of the function in Java that options name; empty where they name none. */
    public static Optional<String> named(Options options) {
        return Optional.of(options.get(FunctionSettings.URL, "")).filter(FunctionSettings::isName);
    }

    private boolean isNone() {
        return function == null
                && queryKeys.isEmpty()
                && !wholeRecords()
                && !options.has(READ_AS)
                && routing == null
                && !options.getBoolean(DEAGGREGATE, false)
                && !options.has(DECOMPRESS)
                && !options.has(LOG_EVENTS)
                && !options.has(SPLIT)
                && !options.has(APPEND);
    }

    private void check() {
        String decompress = options.get(DECOMPRESS, "none");
        if (!decompress.equals("gzip") && !decompress.equals("none")) {
            throw Options.invalid(DECOMPRESS, decompress, "gzip or none");
        }
        options.getBoolean(LOG_EVENTS, false);
        options.getBoolean(WHOLE, false);
        if (options.get(SPLIT, "json").isEmpty()) {
            throw Options.invalid(SPLIT, "", "json, or the delimiter between records");
        }
        for (String name : NAMES) {
            if (function == null && name.startsWith(FunctionSettings.URL + "_") && options.has(name)) {
                throw Options.invalid(name, options.get(name, ""), "transform too, which it is about");
            }
        }
        if (function == null && !functionKeys.isEmpty()) {
            throw Options.invalid(
                    "prefix",
                    options.get("prefix", ""),
                    "!{partitionKeyFromLambda:…} together with transform = 'http://…', whose function says the keys");
        }
        if (options.has(QUERY)) {
            new QueryKeys(options.get(QUERY, ""));
        }
        if (options.has(READ_AS) && wholeRecords()) {
            throw Options.invalid(READ_AS, options.get(READ_AS, ""), "it or whole_records, and not both");
        }
        for (String growth : List.of(EVOLUTION, CREATION)) {
            if (options.getBoolean(growth, false) && !options.get(READ_AS, "").equals("json")) {
                throw Options.invalid(
                        growth, options.get(growth, ""), "read_as = 'json' too, whose keys say the columns");
            }
        }
        if (routing != null) {
            routing.check(queryKeys);
        }
    }

    /** Returns whether the table gets a column for each new key of a record. */
    public boolean evolvesSchema() {
        return options.getBoolean(EVOLUTION, false);
    }

    /** Returns whether a table that is missing is made of the first record. */
    public boolean createsTable() {
        return options.getBoolean(CREATION, false);
    }

    /** Returns whether records go byte for byte, and not as the stream's columns. */
    public boolean wholeRecords() {
        return options.getBoolean(WHOLE, false);
    }

    /** Returns the format that records are read in with the columns of their table; empty where they are the stream's. */
    public Optional<String> readAs() {
        return options.has(READ_AS) ? Optional.of(options.get(READ_AS, "")) : Optional.empty();
    }

    /** Returns whether records say which table they go to. */
    public boolean routes() {
        return routing != null;
    }

    /** Returns whether a failure is told here, and not by the delivery of another table. */
    boolean tells(FailedRecord failed) {
        return routing == null || routing.tells(failed);
    }

    /** Returns whether records are only taken as they are. */
    public boolean isPlain() {
        return wholeRecords()
                && function == null
                && stepsBefore().isEmpty()
                && stepsAfter().isEmpty();
    }

    /** Returns the rows that come out, where the data has these columns: those, and the keys of partitions. */
    public RowType rows(RowType columns) {
        List<Field> fields = new ArrayList<>(columns.fields());
        keys().forEach(key -> fields.add(Field.nullable(PartitionKey.column(key), DataType.VARCHAR)));
        return new RowType(fields);
    }

    /** Returns the keys, in the order of their columns. */
    List<String> keys() {
        if (routing != null) {
            return routing.keys();
        }
        Set<String> keys = new TreeSet<>(queryKeys);
        keys.addAll(functionKeys);
        return List.copyOf(keys);
    }

    /** Returns when there is enough to transform together. */
    GatheringLimits limits() {
        return function == null
                ? GatheringLimits.NONE
                : new GatheringLimits(function.batchBytes(), RECORDS_MAX, function.waitMax());
    }

    /** Makes the calls of a reader. Without a function they are answered at once. */
    FunctionCalls calls(Runnable onAnswer) {
        if (function == null) {
            return new FunctionCalls(RecordFunction.NONE, 0, 1, onAnswer);
        }
        return inJava != null
                ? new FunctionCalls(
                        new JavaFunction(function, inJava, functions.threads()), function.retries(), 1, onAnswer)
                : new FunctionCalls(new HttpFunction(function), function.retries(), FunctionCalls.CALLS_MAX, onAnswer);
    }

    /** Makes the steps before the function, in the order of Data Firehose's. */
    List<RecordProcessor> stepsBefore() {
        List<RecordProcessor> steps = new ArrayList<>();
        if (options.getBoolean(DEAGGREGATE, false)) {
            steps.add(new AggregatedRecords());
        }
        if (options.get(DECOMPRESS, "none").equals("gzip")) {
            steps.add(new Decompression());
        }
        if (options.getBoolean(LOG_EVENTS, false)) {
            steps.add(new LogEvents());
        }
        if (options.has(SPLIT)) {
            String how = options.get(SPLIT, "");
            steps.add(how.equals("json") ? new SplitDocuments() : new SplitText(how.getBytes(StandardCharsets.UTF_8)));
        }
        return steps;
    }

    /** Makes the steps behind the function, in the order of Data Firehose's. */
    List<RecordProcessor> stepsAfter() {
        List<RecordProcessor> steps = new ArrayList<>();
        if (!queryKeys.isEmpty()) {
            steps.add(new QueryKeys(options.get(QUERY, ""), routing == null));
        }
        if (routing != null) {
            steps.add(routing);
        }
        if (!functionKeys.isEmpty()) {
            steps.add(new WantedKeys(functionKeys));
        }
        if (options.has(APPEND)) {
            steps.add(new AppendText(options.get(APPEND, "").getBytes(StandardCharsets.UTF_8)));
        }
        return steps;
    }
}
