package io.millrace.connector.azure;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import java.net.URI;
import java.util.List;

/**
 * Opens containers. Options: those of {@link AzureAccess}, {@code block_bytes}, {@code access_tier} and {@code
 * encryption_scope}. Whose calls they are comes from the environment where the options do not say it.
 *
 * <p>Opening sends nothing: a container that cannot be reached shows when it is used.
 */
public final class AzureStoreFactory implements ObjectStoreFactory {

    @Override
    public List<String> schemes() {
        return AzureLocation.SCHEMES;
    }

    @Override
    public List<String> options() {
        return AzureSettings.NAMES;
    }

    @Override
    public ObjectStore open(URI location, Options options) {
        AzureLocation where = AzureLocation.of(location);
        return new AzureStore(new ContainerClient(AzureSettings.from(options, where), where));
    }
}
