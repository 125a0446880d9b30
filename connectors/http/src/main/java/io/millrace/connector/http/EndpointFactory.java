package io.millrace.connector.http;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.time.InstantSource;
import java.util.List;

/** Opens endpoints by their URL. */
public final class EndpointFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("http", "https");
    }

    @Override
    public List<String> options() {
        return EndpointSettings.NAMES;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        return new Endpoint(
                EndpointSettings.of(setup.delivery(), setup.location(), setup.options()), InstantSource.system());
    }
}
