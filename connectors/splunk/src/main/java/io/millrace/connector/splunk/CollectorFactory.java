package io.millrace.connector.splunk;

import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Opens event collectors by URL. */
public final class CollectorFactory implements ReceiverFactory {

    @Override
    public List<String> schemes() {
        return List.of("splunk+http", "splunk+https");
    }

    @Override
    public List<String> options() {
        return CollectorSettings.NAMES;
    }

    @Override
    public Takes takes() {
        return Takes.ROWS_AND_FORMAT;
    }

    private static void rest(Duration time, CountDownLatch cancelled) throws InterruptedException {
        var unused = cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Receiver open(ReceiverSetup setup) {
        CollectorSettings settings = CollectorSettings.of(setup);
        EventBody body = new EventBody(
                settings,
                setup.format().name().equals("json"),
                setup.format().encoder(setup.type(), setup.formatOptions()));
        return new EventReceiver(body, new Collector(settings, InstantSource.system(), CollectorFactory::rest));
    }
}
