package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService.Summary;
import io.millrace.spi.ShownUrl;

/**
 * What the API can say of a delivery that SQL made. It has words for some destinations and none for the others, such as
 * Azure, Kafka or a database: of these it is told that there is one, and no more.
 */
final class DeliveryOfSql {

    /** Says in what the API noted that SQL made the delivery, and that only SQL knows all of it. */
    private static final String MARK = "sql";

    private final AwsSettings settings;

    DeliveryOfSql(AwsSettings settings) {
        this.settings = settings;
    }

    static boolean is(ObjectNode remark) {
        return remark.has(MARK);
    }

    ObjectNode remark(Summary delivery) {
        ObjectNode remark = KinesisOperations.nothing().put(MARK, true).put("type", "KinesisStreamAsSource");
        String url = delivery.url();
        String scheme = url.replaceFirst(":.*", "");
        switch (scheme.replaceFirst("\\+?https?$", "")) {
            case "iceberg" -> table(described(remark, "Iceberg"), url.substring("iceberg:".length()));
            case "" ->
                described(remark, "HttpEndpoint")
                        .putObject("EndpointConfiguration")
                        .put("Url", ShownUrl.of(url));
            case "splunk" -> described(remark, "Splunk").put("HECEndpoint", plain(url));
            case "opensearch" -> index(described(remark, "Amazonopensearchservice"), plain(url));
            case "elasticsearch" -> index(described(remark, "Elasticsearch"), plain(url));
            case "redshift" -> redshift(described(remark, "Redshift"), delivery);
            default -> bucket(remark, delivery);
        }
        return remark;
    }

    private static ObjectNode described(ObjectNode remark, String kind) {
        return remark.put("kind", kind).putObject("destination");
    }

    private static String plain(String url) {
        return ShownUrl.of(url).replaceFirst("^[a-z]+\\+", "");
    }

    private static void table(ObjectNode destination, String table) {
        int dot = table.lastIndexOf('.');
        destination.put("RoleARN", "").putObject("CatalogConfiguration");
        destination
                .putArray("DestinationTableConfigurationList")
                .addObject()
                .put("DestinationDatabaseName", table.substring(0, Math.max(0, dot)))
                .put("DestinationTableName", table.substring(dot + 1));
    }

    private static void index(ObjectNode destination, String url) {
        int slash = url.lastIndexOf('/');
        destination
                .put("RoleARN", "")
                .put("ClusterEndpoint", url.substring(0, slash))
                .put("IndexName", url.substring(slash + 1));
    }

    private static void redshift(ObjectNode destination, Summary delivery) {
        destination.put("RoleARN", "").put("ClusterJDBCURL", "jdbc:" + ShownUrl.of(delivery.url()));
        destination
                .putObject("CopyCommand")
                .put("DataTableName", delivery.options().get("table", ""));
    }

    /** A bucket, or a folder that stands for one. */
    private void bucket(ObjectNode remark, Summary delivery) {
        String bucket = settings.bucketUrl("").replaceAll("([^:/])/{2,}", "$1/");
        String url = delivery.url();
        String start = url.startsWith(bucket) ? bucket : "s3://";
        if (!url.startsWith(start)) {
            return;
        }
        String[] parts = url.substring(start.length()).split("/", 2);
        String folder = parts.length < 2 || parts[1].isEmpty() ? "" : parts[1].replaceFirst("/*$", "/");
        String prefix = folder + delivery.options().get("prefix", "");
        ObjectNode destination =
                described(remark, "ExtendedS3").put("RoleARN", "").put("BucketARN", "arn:aws:s3:::" + parts[0]);
        if (!prefix.isEmpty()) {
            destination.put("Prefix", prefix);
        }
    }
}
