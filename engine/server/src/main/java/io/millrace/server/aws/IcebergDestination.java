package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables of Iceberg as destinations. Records are JSON and read with the columns that a table has. Each table of the list
 * is a delivery of the same stream: the first that of the delivery stream itself, which tells of records for none of them,
 * the others beside it.
 */
final class IcebergDestination {

    private static final Pattern CATALOG_ARN = Pattern.compile("arn:.*:glue:.*:\\d{12}:catalog(/[\\w.-]+){0,2}");
    private static final Pattern WAREHOUSE = Pattern.compile("s3a?://([^/]+)(/.*)?");
    private static final Pattern NAME = Pattern.compile("[\\w-]{1,255}");
    private static final int MEGABYTES_MAX = 128;
    private static final int RETRY_SECONDS_DEFAULT = 300;
    /** Each is a delivery of its own, which reads all records. */
    private static final int TABLES_MAX = 50;

    private static final int KEYS_MAX = 100;

    private static final int PARTITIONS_MAX = 100;

    /** A column that needs no quotes in a list of them. */
    private static final Pattern COLUMN = Pattern.compile("[\\w -]+");

    private final Members configuration;
    private final AwsSettings settings;
    private final Map<String, String> common = new HashMap<>();

    private IcebergDestination(Members configuration, AwsSettings settings) {
        this.configuration = configuration;
        this.settings = settings;
    }

    /** A table of the list. */
    private record Target(
            String database,
            String table,
            List<String> keys,
            @Nullable String errors,
            @Nullable String partitions) {

        String name() {
            return database + "." + table;
        }
    }

    static DestinationForm read(Members configuration, AwsSettings settings) {
        return new IcebergDestination(configuration, settings).read();
    }

    private DestinationForm read() {
        configuration.require("RoleARN").require("CatalogConfiguration");
        grows("SchemaEvolutionConfiguration", "schema_evolution");
        boolean creates = grows("TableCreationConfiguration", "table_creation");
        boolean append = configuration.flag("AppendOnly", false);
        configuration.check();
        ObjectNode given = configuration.copy();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, common);
        // Commits are tried again until they come through: nothing is given up.
        ReceiverBackup.retry(configuration, RETRY_SECONDS_DEFAULT, given, new HashMap<>());
        Processing.read(configuration, settings, common);
        common.remove("record_delimiter");
        common.put("read_as", "json");
        Members bucket = ReceiverBackup.bucket(configuration);
        Map<String, DestinationForm> beside = new LinkedHashMap<>();
        if (keepsAll(bucket, given)) {
            beside.put(DeliveriesBeside.BACKUP, S3Destination.read(bucket, settings));
        }
        return form(targets(creates), append, bucket, given, beside);
    }

    private boolean grows(String member, String option) {
        Members asked = configuration.structure(member);
        boolean enabled = asked != null && asked.require("Enabled").flag("Enabled", false);
        if (enabled) {
            common.put(option, "true");
        }
        return enabled;
    }

    private boolean keepsAll(Members bucket, ObjectNode given) {
        bucket.require("BucketARN");
        String mode = configuration.oneOf("S3BackupMode", "FailedDataOnly", "AllData");
        configuration.check();
        given.put("S3BackupMode", mode == null ? "FailedDataOnly" : mode);
        given.remove("S3Configuration");
        given.remove("S3Update");
        given.set("S3DestinationDescription", bucket.copy());
        return "AllData".equals(mode);
    }

    private DestinationForm form(
            List<Target> targets,
            boolean append,
            Members bucket,
            ObjectNode given,
            Map<String, DestinationForm> beside) {
        boolean routes = targets.size() > 1 || common.containsKey("partition_query") || common.containsKey("transform");
        if (targets.size() > 1 && !common.containsKey("partition_query") && !common.containsKey("transform")) {
            throw AwsException.invalidArgument("DestinationTableConfigurationList has several tables, and nothing says"
                    + " which a record is for: a MetadataExtraction processor whose query finds destinationTableName,"
                    + " or a Lambda function that answers with otfMetadata.");
        }
        Map<String, String> first = options(targets.getFirst(), append, routes, bucket);
        for (Target target : targets.subList(1, targets.size())) {
            Map<String, String> options = options(target, append, routes, bucket);
            options.put("route_database", targets.getFirst().database());
            String url = url(target, options);
            beside.put(target.name(), new DestinationForm("Iceberg", url, options, given, null, Map.of()));
        }
        if (routes) {
            first.put(
                    "route_others",
                    String.join(",", targets.stream().skip(1).map(Target::name).toList()));
        }
        return new DestinationForm("Iceberg", url(targets.getFirst(), first), first, given, null, beside);
    }

    private Map<String, String> options(Target target, boolean append, boolean routes, Members bucket) {
        Map<String, String> options = new HashMap<>(common);
        boolean changes = !append && !target.keys().isEmpty();
        if (changes) {
            options.put("mode", "upsert");
            options.put("key", String.join(",", target.keys()));
            options.put("op", routes ? "partitionKey:operation" : "none");
        }
        if (routes) {
            options.put("route", target.name());
        }
        if (target.partitions() != null) {
            options.put("partition_by", target.partitions());
        }
        String prefix = bucket.string("Prefix", 0, 1024, null);
        String errors = bucket.string("ErrorOutputPrefix", 0, 1024, null);
        configuration.check();
        if (routes && target.errors() != null) {
            // A table's own prefix is for what failed on the way to it, which nobody can say of these.
            options.put("route_error_prefix", S3Destination.errorPrefix(prefix, errors));
        }
        Members encryption = bucket.structure("EncryptionConfiguration");
        if (encryption != null && encryption.has("KMSEncryptionConfig")) {
            throw AwsException.invalidArgument(
                    "KMSEncryptionConfig is not served for the errors of tables; set it on" + " the bucket.");
        }
        options.put("backup", settings.bucketUrl(S3Destination.bucketName(bucket.string("BucketARN"))));
        options.put(
                "backup_error_prefix",
                S3Destination.errorPrefix(prefix, target.errors() == null ? errors : target.errors()));
        return options;
    }

    private List<Target> targets(boolean creates) {
        List<Target> targets = configuration.structures("DestinationTableConfigurationList", 0, TABLES_MAX).stream()
                .map(table -> target(table, creates))
                .toList();
        configuration.check();
        if (targets.isEmpty()) {
            throw AwsException.invalidArgument(
                    "DestinationTableConfigurationList is empty. Name each table that records may go to: here none is"
                            + " found by its name alone.");
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Target target : targets) {
            if (!names.add(target.name())) {
                throw AwsException.invalidArgument("DestinationTableConfigurationList has table " + target.name()
                        + " twice: names that differ in case alone are one name, as in Glue.");
            }
        }
        return targets;
    }

    private Target target(Members table, boolean creates) {
        table.require("DestinationDatabaseName").require("DestinationTableName");
        String database = table.string("DestinationDatabaseName", 1, 255, NAME);
        String name = table.string("DestinationTableName", 1, 255, NAME);
        List<String> keys = table.strings("UniqueKeys", 0, KEYS_MAX);
        String errors = table.string("S3ErrorOutputPrefix", 0, 1024, null);
        String partitions = partitions(table.structure("PartitionSpec"), creates);
        configuration.check();
        return new Target(
                String.valueOf(database),
                String.valueOf(name),
                keys,
                errors == null ? null : dated(errors),
                partitions);
    }

    /** Returns the columns that a new table is parted by, as {@code partition_by} has them, or null. */
    private @Nullable String partitions(@Nullable Members spec, boolean creates) {
        if (spec == null) {
            return null;
        }
        List<String> columns = spec.structures("Identity", 0, PARTITIONS_MAX).stream()
                .map(field -> String.valueOf(field.require("SourceName").string("SourceName", 1, 255, COLUMN)))
                .toList();
        configuration.check();
        if (!creates) {
            throw AwsException.invalidArgument("PartitionSpec is for tables that are made: it needs"
                    + " TableCreationConfiguration with Enabled. Those that are there stay parted as they are.");
        }
        return columns.isEmpty() ? null : String.join(", ", columns);
    }

    /** A table's own prefix has no expressions as a rule; what kind of errors and when stands behind it then. */
    private static String dated(String errors) {
        return errors.contains("!{") ? errors : errors + "!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/";
    }

    /** Returns the table's URL, and puts what says where its catalog is into the options. */
    private String url(Target target, Map<String, String> options) {
        Members catalog = Objects.requireNonNull(configuration.structure("CatalogConfiguration"));
        catalog.string("CatalogARN", 1, 512, CATALOG_ARN);
        String warehouse = catalog.string("WarehouseLocation", 1, 2048, WAREHOUSE);
        configuration.check();
        options.putAll(settings.tables().options(warehouse == null ? null : place(warehouse)));
        return settings.tables().url(target.database(), target.table());
    }

    private String place(String warehouse) {
        Matcher parts = WAREHOUSE.matcher(warehouse);
        if (!parts.matches()) {
            throw AwsException.invalidArgument(
                    "WarehouseLocation " + warehouse + " is no URL such as s3://bucket/lake.");
        }
        String path = parts.group(2) == null ? "" : parts.group(2).replaceFirst("/+$", "");
        return settings.bucketUrl(parts.group(1)) + path;
    }
}
