package io.millrace.connector.kinesis;

import io.millrace.connector.s3.AwsAccess;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Opens streams by name. */
public final class StreamFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("kinesis");
    }

    @Override
    public List<String> options() {
        return Stream.concat(StreamSettings.NAMES.stream(), AwsAccess.NAMES.stream())
                .toList();
    }

    @Override
    public Takes takes() {
        return Takes.ROWS_AND_FORMAT;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        StreamSettings settings = StreamSettings.of(setup, options());
        RowEntries entries = new RowEntries(
                settings, setup.type(), setup.format().encoder(setup.type(), setup.formatOptions(), settings.stream()));
        AwsAccess access = AwsAccess.from(setup.options(), "stream");
        return new StreamReceiver(
                settings, entries, access.applyTo(KinesisClient.builder()).build());
    }
}
