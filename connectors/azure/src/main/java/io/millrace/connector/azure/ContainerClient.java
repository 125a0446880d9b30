package io.millrace.connector.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.millrace.spi.connector.BreakableCalls;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client of one container. What it is asked can be broken off. Safe for use by several threads. */
final class ContainerClient {

    private final BlobContainerClient client;
    private final BreakableCalls calls;
    private final AzureLocation where;
    private final AzureSettings settings;

    ContainerClient(AzureSettings settings, AzureLocation where) {
        this.client = settings.client(where);
        this.calls = new BreakableCalls(where.toString());
        this.where = where;
        this.settings = settings;
    }

    AzureLocation where() {
        return where;
    }

    AzureSettings settings() {
        return settings;
    }

    /** Asks the container; its refusals are the library's exceptions. */
    <T extends @Nullable Object> T ask(Function<BlobContainerClient, T> call) {
        return calls.run(() -> call.apply(client));
    }

    /** Asks about one blob; its refusals are the library's exceptions. */
    <T extends @Nullable Object> T askBlob(String blob, Function<BlockBlobClient, T> call) {
        return ask(container -> call.apply(container.getBlobClient(blob).getBlockBlobClient()));
    }

    /** Asks the container, and turns all its refusals into ours. */
    <T extends @Nullable Object> T told(String what, Function<BlobContainerClient, T> call) {
        try {
            return ask(call);
        } catch (RuntimeException e) {
            throw failure(what, e);
        }
    }

    /** Returns what a refusal means. */
    RuntimeException failure(String what, RuntimeException e) {
        return Failures.failure(this, what, e);
    }

    void cancel() {
        calls.cancel();
    }
}
