package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;

/** Opens tables by the URL of their database. Drivers are loaded with the first connection. */
public final class TableFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("jdbc");
    }

    @Override
    public List<String> options() {
        return TableSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        return new TableReceiver(setup.sender(), setup.type(), TableSettings.of(setup));
    }
}
