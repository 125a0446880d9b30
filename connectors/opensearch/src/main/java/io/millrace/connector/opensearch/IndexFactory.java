package io.millrace.connector.opensearch;

import io.millrace.spi.Options;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.format.RowEncoder;
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
        return Takes.ROWS_AND_FORMAT;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        IndexSettings settings = IndexSettings.of(setup);
        String format = setup.format().name();
        if (!format.equals("json") && !format.equals("lines")) {
            throw Options.invalid("format", format, "json, or lines where records are documents of JSON already");
        }
        RowEncoder encoder = setup.format().encoder(setup.type(), setup.formatOptions());
        return new IndexReceiver(settings, new BulkBody(settings, setup.type(), encoder, format.equals("lines")));
    }
}
