package io.millrace.connector.mongodb;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;

/** Opens collections by the URL of their database. The driver is loaded with the first delivery. */
public final class CollectionFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("mongodb", "mongodb+srv");
    }

    @Override
    public List<String> options() {
        return CollectionSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        CollectionSettings settings = CollectionSettings.of(setup);
        return new CollectionReceiver(settings, new RowDocuments(settings, setup.type()));
    }
}
