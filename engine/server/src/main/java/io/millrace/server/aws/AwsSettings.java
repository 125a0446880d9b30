package io.millrace.server.aws;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Settings of the AWS door.
 *
 * @param address where it listens; port 0 for any
 * @param account account in ARNs, twelve digits
 * @param region region in ARNs where the request's signature names none
 * @param iteratorLife how long a shard iterator may be used
 * @param clock tells the time
 * @param buckets the URL of a bucket that Firehose delivers to, with {@code {bucket}} in place of its name
 * @param functions the URL of a Lambda function that Firehose calls, with {@code {function}} in place of its name; empty
 *     for none
 * @param tables where the tables are that Firehose delivers to
 */
public record AwsSettings(
        InetSocketAddress address,
        String account,
        String region,
        Duration iteratorLife,
        InstantSource clock,
        String buckets,
        String functions,
        TableCatalog tables) {

    /** Settings with the catalog of tables that holds when nothing is configured. */
    public AwsSettings(
            InetSocketAddress address,
            String account,
            String region,
            Duration iteratorLife,
            InstantSource clock,
            String buckets,
            String functions) {
        this(address, account, region, iteratorLife, clock, buckets, functions, TableCatalog.IN_WAREHOUSE);
    }

    /** Buckets of Amazon, or of the server that the environment names. */
    public static final String BUCKETS_OF_S3 = "s3://{bucket}";

    /** Most bytes of a request's body: 500 records in base64 and what stands around them. */
    static final long REQUEST_BYTES_MAX = 16L << 20;

    /** Most bytes of records in one PutRecords, partition keys included. */
    static final long PUT_RECORDS_BYTES_MAX = 10L << 20;

    /** Most bytes of one record, its partition key included: what a stream takes unless it is told otherwise. */
    static final int RECORD_BYTES_MAX = 1 << 20;

    /** Most bytes of data that one GetRecords answers with. */
    static final long GET_RECORDS_BYTES_MAX = 10L << 20;

    /** Returns the settings that hold when nothing is configured. */
    public static AwsSettings of(InetSocketAddress address) {
        return new AwsSettings(
                address, "000000000000", "us-east-1", Duration.ofMinutes(5), InstantSource.system(), BUCKETS_OF_S3, "");
    }

    String bucketUrl(String bucket) {
        return buckets.replace("{bucket}", bucket);
    }
}
