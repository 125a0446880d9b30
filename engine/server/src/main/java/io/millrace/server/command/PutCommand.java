package io.millrace.server.command;

import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the lines of a file into a stream. */
@Command(
        name = "put",
        description = "Puts each line of a file, or of standard input, into a stream as one record.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nWhat it reports as put is on disk. Examples:%n",
        footer = {
            "  millrace put logs access.log",
            "  millrace put taxi nyc_taxi.csv --skip 1        leave out the header",
            "  tail -F app.log | millrace put logs            goes on as lines come"
        })
final class PutCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream; 'millrace sql' creates one.")
    private String stream = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "A file; '-' or none: standard input.")
    private @Nullable Path file;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The AWS door of a running server (MILLRACE_AWS_URL, or else http://127.0.0.1:4567).")
    private @Nullable String url;

    @Option(names = "--data", paramLabel = "DIR", description = "A data directory; no server may use it.")
    private @Nullable Path data;

    @Option(names = "--skip", paramLabel = "N", description = "Lines to leave out at the start.")
    private long skip;

    @Option(
            names = "--key",
            paramLabel = "TEXT",
            description = "Partition key of all records; without it records are spread over the shards.")
    private @Nullable String key;

    @Override
    public Integer call() throws IOException {
        try (RecordWriter writer =
                        data == null ? new AwsRecordWriter(awsUrl(), stream) : new EmbeddedRecordWriter(data, stream);
                InputStream in = open()) {
            Progress progress = new Progress(System.err, "records put");
            long count = LineRecords.put(in, skip, key, writer, progress);
            progress.finish();
            System.out.println(count + " records put into " + stream);
        }
        return 0;
    }

    private String awsUrl() {
        String named = url != null ? url : System.getenv("MILLRACE_AWS_URL");
        return named != null ? named : "http://127.0.0.1:" + ServerSettings.AWS_PORT;
    }

    private InputStream open() throws IOException {
        return file == null || file.toString().equals("-") ? System.in : Files.newInputStream(file);
    }
}
