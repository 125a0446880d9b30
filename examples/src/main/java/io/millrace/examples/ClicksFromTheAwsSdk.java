package io.millrace.examples;

import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A producer written for Kinesis, and SQL over what it puts: the producer changes nothing but its endpoint. Start a
 * server first: {@code ./millrace server}.
 */
public final class ClicksFromTheAwsSdk {

    private static final String STREAM = "clicks";

    private ClicksFromTheAwsSdk() {}

    /** Takes the endpoint of the AWS door and the JDBC URL, or the defaults of a server on this machine. */
    public static void main(String[] arguments) throws SQLException {
        URI endpoint = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:4567");
        String url = arguments.length > 1 ? arguments[1] : "jdbc:millrace://127.0.0.1:5433/millrace";
        run(endpoint, url, System.out);
    }

    static void run(URI endpoint, String url, PrintStream out) throws SQLException {
        try (KinesisClient kinesis = client(endpoint);
                Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM IF NOT EXISTS clicks (visitor VARCHAR, page VARCHAR) WITH (shards = 2)");
            put(kinesis);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT page, COUNT(*), COUNT(DISTINCT visitor) FROM clicks GROUP BY page ORDER BY page")) {
                while (rows.next()) {
                    out.printf("%s: %d clicks of %d visitors%n", rows.getString(1), rows.getLong(2), rows.getLong(3));
                }
            }
        }
    }

    private static KinesisClient client(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static void put(KinesisClient kinesis) {
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String visitor = "v" + i % 7;
            String json = "{\"visitor\": \"%s\", \"page\": \"/%s\"}".formatted(visitor, i % 4 == 0 ? "buy" : "home");
            records.add(PutRecordsRequestEntry.builder()
                    .partitionKey(visitor)
                    .data(SdkBytes.fromUtf8String(json))
                    .build());
        }
        kinesis.putRecords(request -> request.streamName(STREAM).records(records));
    }
}
