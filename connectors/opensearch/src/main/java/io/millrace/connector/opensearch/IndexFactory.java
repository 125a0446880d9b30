package io.millrace.connector.opensearch;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;

/** Opens indexes by URL. */
public final class IndexFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("opensearch+http", "opensearch+https", "elasticsearch+http", "elasticsearch+https");
    }

    @Override
    public List<String> options() {
        return IndexSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        IndexSettings settings = IndexSettings.of(setup);
        // Documents are JSON, which is the format where none is chosen.
        return new IndexReceiver(
                settings, new BulkBody(settings, setup.type(), setup.format().encoder(setup.type(), Options.NONE)));
    }
}
