package io.millrace.server.aws;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processors of a destination as options of a delivery. They run in the order that deliveries have, whatever that
 * of the list is; it is the service's.
 */
final class Processing {

    private static final Pattern FUNCTION_ARN =
            Pattern.compile("arn:[^:]*:lambda:[^:]*:[^:]*:function:([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?");
    private static final int RETRIES_DEFAULT = 3;
    private static final int SECONDS_DEFAULT = 60;
    private static final int SECONDS_MAX = 900;
    private static final int PROCESSORS_MAX = 100;
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);

    private static final Map<String, Set<String>> PARAMETERS = Map.of(
            "Lambda",
            // The role is Amazon's matter: functions are called over HTTP here.
            Set.of("LambdaArn", "NumberOfRetries", "RoleArn", "BufferSizeInMBs", "BufferIntervalInSeconds"),
            "Decompression",
            Set.of("CompressionFormat"),
            "CloudWatchLogProcessing",
            Set.of("DataMessageExtraction"),
            "RecordDeAggregation",
            Set.of("SubRecordType", "Delimiter"),
            "MetadataExtraction",
            Set.of("JsonParsingEngine", "MetadataExtractionQuery"),
            "AppendDelimiterToRecord",
            Set.of("Delimiter"));

    private final Map<String, String> options;
    private final AwsSettings settings;

    private Processing(Map<String, String> options, AwsSettings settings) {
        this.options = options;
        this.settings = settings;
    }

    /** Puts what a destination's {@code ProcessingConfiguration} says into the options. */
    static void read(Members configuration, AwsSettings settings, Map<String, String> options) {
        Members processing = configuration.structure("ProcessingConfiguration");
        if (processing == null || !processing.flag("Enabled", false)) {
            return;
        }
        Processing into = new Processing(options, settings);
        List<String> seen = new ArrayList<>();
        for (Members processor : processing.structures("Processors", 0, PROCESSORS_MAX)) {
            String type = String.valueOf(processor.require("Type").string("Type"));
            configuration.check();
            if (seen.contains(type)) {
                throw AwsException.invalidArgument("Processor " + type + " is there twice.");
            }
            seen.add(type);
            Map<String, String> parameters = parameters(processor);
            refuseOthers(type, parameters);
            into.add(type, parameters);
        }
        configuration.check();
    }

    /** A parameter that says nothing to a processor is one that somebody counts on in vain. */
    private static void refuseOthers(String type, Map<String, String> parameters) {
        Set<String> taken = PARAMETERS.get(type);
        for (String name : parameters.keySet()) {
            if (taken != null && !taken.contains(name)) {
                throw AwsException.invalidArgument("Processor " + type + " has no parameter " + name + ".");
            }
        }
    }

    private static Map<String, String> parameters(Members processor) {
        Map<String, String> parameters = new HashMap<>();
        for (Members parameter : processor.structures("Parameters", 0, PROCESSORS_MAX)) {
            parameters.put(
                    String.valueOf(parameter.require("ParameterName").string("ParameterName")),
                    String.valueOf(parameter.require("ParameterValue").string("ParameterValue")));
        }
        return parameters;
    }

    private void add(String type, Map<String, String> parameters) {
        switch (type) {
            case "Lambda" -> lambda(parameters);
            case "Decompression" -> {
                one("CompressionFormat", parameters, "GZIP", "GZIP");
                options.put("decompress", "gzip");
            }
            case "CloudWatchLogProcessing" -> {
                if (one("DataMessageExtraction", parameters, "true", "true", "false")
                        .equals("true")) {
                    options.put("log_events", "true");
                }
            }
            case "RecordDeAggregation" -> split(parameters);
            case "MetadataExtraction" -> {
                one("JsonParsingEngine", parameters, "JQ-1.6", "JQ-1.6");
                options.put("partition_query", required("MetadataExtractionQuery", parameters));
            }
            case "AppendDelimiterToRecord" -> {
                String delimiter = parameters.getOrDefault("Delimiter", "\\n");
                if (!delimiter.equals("\\n") && !delimiter.equals("\n")) {
                    throw AwsException.invalidArgument("Delimiter of AppendDelimiterToRecord is '" + delimiter
                            + "'; records have a newline behind them here, or nothing.");
                }
                options.put("record_delimiter", "newline");
            }
            default ->
                throw AwsException.invalidArgument("Processor " + type + " is not served here; a query in CREATE"
                        + " DELIVERY … AS SELECT STREAM transforms records.");
        }
    }

    private void lambda(Map<String, String> parameters) {
        String arn = required("LambdaArn", parameters);
        Matcher parts = FUNCTION_ARN.matcher(arn);
        if (!parts.matches()) {
            throw AwsException.invalidArgument("LambdaArn " + arn + " is no ARN of a function.");
        }
        if (settings.functions().isEmpty()) {
            throw AwsException.invalidArgument("Lambda functions are not run here. Say where they are reached over HTTP"
                    + " with the setting firehose-functions, such as"
                    + " http://127.0.0.1:9000/2015-03-31/functions/{function}/invocations.");
        }
        options.put("transform", settings.functions().replace("{function}", parts.group(1)));
        options.put("transform_name", arn);
        options.put("transform_retries", String.valueOf(number("NumberOfRetries", parameters, RETRIES_DEFAULT, 300)));
        options.put(
                "transform_interval",
                number("BufferIntervalInSeconds", parameters, SECONDS_DEFAULT, SECONDS_MAX) + " s");
        options.put("transform_bytes", bytes(parameters) + " B");
    }

    private static long bytes(Map<String, String> parameters) {
        String megabytes = parameters.getOrDefault("BufferSizeInMBs", "1");
        try {
            BigDecimal size = new BigDecimal(megabytes);
            if (size.compareTo(new BigDecimal("0.2")) >= 0 && size.compareTo(BigDecimal.valueOf(3)) <= 0) {
                return size.multiply(MEGABYTE).longValue();
            }
        } catch (NumberFormatException e) {
            throw AwsException.invalidArgument("BufferSizeInMBs is " + megabytes + ", not a number from 0.2 to 3.");
        }
        throw AwsException.invalidArgument("BufferSizeInMBs is " + megabytes + ", not a number from 0.2 to 3.");
    }

    private void split(Map<String, String> parameters) {
        if (one("SubRecordType", parameters, "", "JSON", "DELIMITED").equals("JSON")) {
            options.put("split_records", "json");
            return;
        }
        String delimiter = required("Delimiter", parameters);
        try {
            options.put("split_records", new String(Base64.getDecoder().decode(delimiter), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw AwsException.invalidArgument("Delimiter " + delimiter + " is not base64.");
        }
    }

    private static String required(String name, Map<String, String> parameters) {
        String value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw AwsException.invalidArgument("A processor has no parameter " + name + ".");
        }
        return value;
    }

    private static String one(String name, Map<String, String> parameters, String otherwise, String... choices) {
        String value = parameters.getOrDefault(name, otherwise);
        if (!List.of(choices).contains(value)) {
            throw AwsException.invalidArgument(
                    name + " is '" + value + "', not one of " + String.join(", ", choices) + ".");
        }
        return value;
    }

    private static int number(String name, Map<String, String> parameters, int otherwise, int max) {
        String value = parameters.getOrDefault(name, String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw AwsException.invalidArgument(name + " is " + value + ", not a number from 0 to " + max + ".");
        }
        throw AwsException.invalidArgument(name + " is " + value + ", not a number from 0 to " + max + ".");
    }
}
