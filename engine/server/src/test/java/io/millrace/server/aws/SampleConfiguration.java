package io.millrace.server.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Configurations with a value for each member, which Amazon's SDK says there is, and another value for each. */
final class SampleConfiguration {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A value, and another one, by the last names of a member's path. */
    private static final String[] VALUES = {
        "RoleARN", "'arn:aws:iam::000000000000:role/a'", "'arn:aws:iam::000000000000:role/b'",
        "BucketARN", "'arn:aws:s3:::one'", "'arn:aws:s3:::two'",
        "Prefix", "'a/'", "'b/'",
        "ExtendedS3.Prefix", "'a/!{partitionKeyFromLambda:k}/'", "'b/!{partitionKeyFromLambda:k}/'",
        "Port", "1", "2",
        "ReadFromTimestamp", "1", "2",
        "ErrorOutputPrefix", "'bad/'", "'worse/'",
        "SizeInMBs", "3", "2",
        "IntervalInSeconds", "40", "50",
        "DurationInSeconds", "77", "78",
        "CompressionFormat", "'GZIP'", "'UNCOMPRESSED'",
        "AWSKMSKeyARN", "'arn:aws:kms:eu-west-1:000000000000:key/1'", "'arn:aws:kms:eu-west-1:000000000000:key/2'",
        "NoEncryptionConfig", "'NoEncryption'", "'Whatever'",
        "Enabled", "true", "false",
        "CloudWatchLoggingOptions.Enabled", "false", "true",
        "Processors.Type", "'CloudWatchLogProcessing'", "'Decompression'",
        "Parameters.ParameterName", "'DataMessageExtraction'", "'LambdaArn'",
        "Parameters.ParameterValue", "'true'", "'false'",
        "S3BackupMode", "'Enabled'", "'Disabled'",
        "HttpEndpoint.S3BackupMode", "'AllData'", "'FailedDataOnly'",
        "Iceberg.S3BackupMode", "'AllData'", "'FailedDataOnly'",
        "Splunk.S3BackupMode", "'AllEvents'", "'FailedEventsOnly'",
        "Amazonopensearchservice.S3BackupMode", "'AllDocuments'", "'FailedDocumentsOnly'",
        "Elasticsearch.S3BackupMode", "'AllDocuments'", "'FailedDocumentsOnly'",
        "SchemaConfiguration.VersionId", "'LATEST'", "'3'",
        "CaseInsensitive", "true", "false",
        "ConvertDotsInJsonKeysToUnderscores", "false", "true",
        "ColumnToJsonKeyMappings", "{'a': 'b'}", "{'a': 'c'}",
        "BlockSizeBytes", "70000000", "80000000",
        "PageSizeBytes", "100000", "200000",
        "ParquetSerDe.Compression", "'GZIP'", "'SNAPPY'",
        "OrcSerDe.Compression", "'ZLIB'", "'SNAPPY'",
        "EnableDictionaryCompression", "true", "false",
        "MaxPaddingBytes", "5", "6",
        "WriterVersion", "'V2'", "'V1'",
        "StripeSizeBytes", "9000000", "10000000",
        "RowIndexStride", "2000", "3000",
        "EnablePadding", "true", "false",
        "PaddingTolerance", "0.25", "0.5",
        "BloomFilterFalsePositiveProbability", "0.25", "0.5",
        "DictionaryKeyThreshold", "0.25", "0.5",
        "FormatVersion", "'V0_11'", "'V0_12'",
        "FileExtension", "'.x'", "'.y'",
        "CustomTimeZone", "'Europe/Berlin'", "'Asia/Tokyo'",
        "Url", "'http://127.0.0.1:1/a'", "'http://127.0.0.1:1/b'",
        "ContentEncoding", "'GZIP'", "'NONE'",
        "HECEndpoint", "'http://127.0.0.1:1'", "'http://127.0.0.1:2'",
        "HECEndpointType", "'Raw'", "'Event'",
        "HECAcknowledgmentTimeoutInSeconds", "200", "300",
        "ClusterEndpoint", "'http://127.0.0.1:1'", "'http://127.0.0.1:2'",
        "IndexRotationPeriod", "'OneHour'", "'OneWeek'",
        "DefaultDocumentIdFormat", "'NO_DOCUMENT_ID'", "'FIREHOSE_DEFAULT'",
        "ClusterJDBCURL", "'jdbc:redshift://one:5439/d'", "'jdbc:redshift://two:5439/d'",
        "CatalogARN", "'arn:aws:glue:eu-west-1:000000000000:catalog'", "'arn:aws:glue:eu-west-2:000000000000:catalog'",
        "WarehouseLocation", "'s3://lake/one'", "'s3://lake/two'",
        "AppendOnly", "false", "true",
    };

    private static final Map<String, JsonNode[]> KNOWN = known();

    private SampleConfiguration() {}

    private static Map<String, JsonNode[]> known() {
        Map<String, JsonNode[]> known = new HashMap<>();
        for (int i = 0; i < VALUES.length; i += 3) {
            known.put(VALUES[i], new JsonNode[] {json(VALUES[i + 1]), json(VALUES[i + 2])});
        }
        return known;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Returns a value of a member, or the other one. */
    static JsonNode value(String member, SdkField<?> field, boolean other) {
        for (String end = member; ; end = end.substring(end.indexOf('.') + 1)) {
            JsonNode[] known = KNOWN.get(end);
            if (known != null) {
                return known[other ? 1 : 0];
            }
            if (end.indexOf('.') < 0) {
                return unknown(member, field, other);
            }
        }
    }

    private static JsonNode unknown(String member, SdkField<?> field, boolean other) {
        JsonNode text = JSON.getNodeFactory().textNode(other ? "other" : "one");
        if (FirehoseShapes.isList(field)) {
            return JSON.createArrayNode().add(text);
        }
        if (field.marshallingType().getTargetClass() != String.class) {
            throw new IllegalStateException("say two values of " + member);
        }
        return text;
    }

    /**
     * Returns a structure in which each member is that has a place.
     *
     * @param path of the structure, as the page has it
     */
    static ObjectNode of(SdkPojo structure, String path, Predicate<String> has) {
        ObjectNode all = JSON.createObjectNode();
        for (SdkField<?> field : structure.sdkFields()) {
            String member = FirehoseShapes.named(path + "." + field.locationName());
            SdkField<?> element = FirehoseShapes.element(field);
            if (element.constructor() == null) {
                if (has.test(member)) {
                    all.set(field.locationName(), value(member, field, false));
                }
                continue;
            }
            ObjectNode nested = of(element.constructor().get(), member, has);
            if (!nested.isEmpty()) {
                all.set(
                        field.locationName(),
                        FirehoseShapes.isList(field) ? JSON.createArrayNode().add(nested) : nested);
            }
        }
        return all;
    }

    /** Sets a member to another value, or to its first one where it has none; makes the structures around it. */
    static void set(ObjectNode request, SdkPojo structure, String path, String member, boolean other) {
        for (SdkField<?> field : structure.sdkFields()) {
            String name = FirehoseShapes.named(path + "." + field.locationName());
            if (name.equals(member)) {
                request.set(field.locationName(), value(name, field, other));
            } else if (member.startsWith(name + ".")) {
                set(
                        nested(request, field),
                        FirehoseShapes.element(field).constructor().get(),
                        name,
                        member,
                        other);
            }
        }
    }

    private static ObjectNode nested(ObjectNode request, SdkField<?> field) {
        String name = field.locationName();
        if (FirehoseShapes.isList(field)) {
            ArrayNode list = request.withArray("/" + name);
            return list.isEmpty() ? list.addObject() : (ObjectNode) list.get(0);
        }
        return request.withObject("/" + name);
    }
}
