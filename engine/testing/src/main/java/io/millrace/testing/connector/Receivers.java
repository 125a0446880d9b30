package io.millrace.testing.connector;

import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
        Options all = new Options(given);
        Options own = factory.stagingOption() == null ? all : all.without(storeOptions(factory));
        return factory.open(new ReceiverSetup(
                "quakes", sender, URI.create(url), type, format, Options.NONE, own, place -> open(place, all)));
    }

    /** Returns the options of stores that are not the receiver's too. */
    private static String[] storeOptions(ReceiverFactory factory) {
        return stores().flatMap(store -> store.options().stream())
                .filter(option -> !factory.options().contains(option))
                .toArray(String[]::new);
    }

    private static ObjectStore open(URI place, Options options) {
        ObjectStoreFactory factory = stores().filter(store -> store.schemes().contains(place.getScheme()))
                .findFirst()
                .orElseThrow();
        return factory.open(place, options.only(factory.options()));
    }

    private static Stream<ObjectStoreFactory> stores() {
        return ServiceLoader.load(ObjectStoreFactory.class).stream().map(ServiceLoader.Provider::get);
    }

    /** Opens no store, for receivers that stage nothing. */
    @SuppressWarnings("DoNotCallSuggester") // as a method reference it is called where it should not be
    public static ObjectStore none(URI place) {
        throw new AssertionError("nothing is staged in " + place);
    }

    /**
     * Gives a batch to a receiver whose server says nothing, has it broken off once the server is asked, and returns how it
     * fails.
     *
     * @param asked whether the server has been asked
     */
    public static Throwable brokenOff(RowReceiver receiver, BatchName name, RowBatch rows, BooleanSupplier asked) {
        CompletableFuture<Throwable> failed = CompletableFuture.supplyAsync(() -> {
            try {
                receiver.receive(name, rows);
                return new AssertionError("nobody answered, and it did not fail");
            } catch (IOException | RuntimeException e) {
                return e;
            }
        });
        while (!asked.getAsBoolean() && !failed.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        while (!failed.isDone()) {
            receiver.cancel();
            LockSupport.parkNanos(10_000_000);
        }
        return failed.join();
    }
}
