package io.millrace.connector.kafka;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;

/** Opens topics by URL. Kafka's client is loaded with the first connection. */
public final class TopicFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("kafka");
    }

    @Override
    public List<String> options() {
        return TopicSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS_AND_FORMAT;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        TopicSettings settings = TopicSettings.of(setup);
        RowRecords records = new RowRecords(
                settings, setup.type(), setup.format().encoder(setup.type(), setup.formatOptions(), settings.topic()));
        return new TopicReceiver(setup.sender(), settings, records);
    }
}
