package io.millrace.connector.jdbc;

import io.millrace.spi.connector.BatchSize;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.util.List;

/** Opens tables of Amazon Redshift, which load rows from files in a bucket. */
public final class RedshiftFactory implements ReceiverFactory {

    /** A load costs a second or more whatever it loads, so that batches are large; about that much is held in memory. */
    private static final BatchSize BATCH = new BatchSize(50_000, 8 << 20);

    @Override
    public List<String> schemes() {
        return List.of("redshift");
    }

    @Override
    public List<String> options() {
        return LoadSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS_AND_FORMAT;
    }

    @Override
    public BatchSize batchSize() {
        return BATCH;
    }

    @Override
    public String stagingOption() {
        return LoadSettings.STAGING;
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        return new TableReceiver(setup.sender(), setup.type(), TableSettings.ofRedshift(setup));
    }
}
