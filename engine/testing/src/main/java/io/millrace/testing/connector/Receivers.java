package io.millrace.testing.connector;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.type.DataType.RowType;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Opens receivers as the server does. */
public final class Receivers {

    private Receivers() {}

    /**
     * Opens a receiver for the delivery {@code quakes}.
     *
     * @param sender who sends; two of one name are two lives of one
     * @param options names and values in turn
     */
    public static Receiver open(
            ReceiverFactory factory, String sender, String url, RowType type, RecordFormat format, String... options) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return factory.open(
                new ReceiverSetup("quakes", sender, URI.create(url), type, format, Options.NONE, new Options(given)));
    }
}
