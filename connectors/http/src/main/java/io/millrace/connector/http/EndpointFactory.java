package io.millrace.connector.http;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import java.net.URI;
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
    public Receiver open(String delivery, URI location, Options options) {
        return new Endpoint(EndpointSettings.of(delivery, location, options), InstantSource.system());
    }
}
