package io.millrace.connector.s3;

import io.millrace.spi.connector.BreakableCalls;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/** The client of one bucket. What it is asked can be broken off. Safe for use by several threads. */
final class BucketClient implements AutoCloseable {

    private final S3Client client;
    private final BreakableCalls calls;
    private final S3Location where;
    private final S3Settings settings;

    BucketClient(S3Settings settings, S3Location where) {
        this.client = settings.client();
        this.calls = new BreakableCalls(where.toString());
        this.where = where;
        this.settings = settings;
    }

    S3Location where() {
        return where;
    }

    S3Settings settings() {
        return settings;
    }

    /** Asks the bucket; its refusals are the SDK's exceptions. */
    <T> T ask(Function<S3Client, T> call) {
        return calls.run(() -> call.apply(client));
    }

    /** Asks the bucket, and turns all its refusals into ours. */
    <T> T told(String what, Function<S3Client, T> call) {
        return Failures.told(where, what, () -> ask(call));
    }

    void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        client.close();
    }
}
