package io.millrace.server.engine;

import io.millrace.delivery.DeliveryFormat;
import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.delivery.spool.SpoolFormat;
import io.millrace.delivery.spool.SpoolSettings;
import io.millrace.delivery.spool.SpoolStore;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.DeliveryDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens what deliveries go to: stores that keep files, and receivers that take records. */
final class Destinations {

    private static final String BACKUP = "backup";
    private static final String BACKUP_MODE = "backup_mode";
    private static final String RETRY_DURATION = "retry_duration";
    private static final Duration RETRY_DURATION_DEFAULT = Duration.ofMinutes(5);

    private final Formats formats;
    private final InstantSource clock;

    Destinations(Formats formats, InstantSource clock) {
        this.formats = formats;
        this.clock = clock;
    }

    /** Fails where the place cannot be reached now, or an option is of no use to it. */
    void check(DeliveryDefinition delivery) throws IOException {
        ReceiverFactory receivers = formats.receiver(location(delivery.url()));
        if (receivers == null) {
            try (ObjectStore store = files(delivery.url(), delivery.options())) {
                store.staged("");
            }
            return;
        }
        for (String name : LayoutOptions.NAMES) {
            if (delivery.options().has(name)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + name + "' is about files, and '" + delivery.url() + "' takes records",
                        "leave it out");
            }
        }
        receivers
                .open(
                        delivery.name(),
                        location(delivery.url()),
                        delivery.options().only(receivers.options()))
                .close();
        backupMode(delivery.options());
        retryMax(delivery.options());
        ObjectStore backup = backup(delivery.options());
        if (backup != null) {
            backup.staged("");
            backup.close();
        }
    }

    /**
     * Opens a delivery's destination.
     *
     * @param stream name of the stream that is delivered, for messages
     * @param directory the delivery's own
     */
    ObjectStore open(DeliveryDefinition delivery, String stream, Path directory, Consumer<RejectedEntry> rejected) {
        URI location = location(delivery.url());
        Options options = delivery.options();
        ReceiverFactory receivers = formats.receiver(location);
        if (receivers == null) {
            return files(delivery.url(), options);
        }
        return new SpoolStore(
                files(directory.resolve("spool").toUri().toString(), Options.NONE),
                receivers.open(delivery.name(), location, options.only(receivers.options())),
                new SpoolSettings(stream, backup(options), backupMode(options), retryMax(options), rejected, clock));
    }

    /** Returns how a delivery's rows are written: as files, or as records that are sent. */
    DeliveryFormat format(DeliveryDefinition delivery) {
        ReceiverFactory receivers = formats.receiver(location(delivery.url()));
        Options own = DeliveryOptions.formatOptions(delivery.options())
                .without(options(delivery, receivers).toArray(String[]::new));
        String name = DeliveryOptions.formatName(delivery.options(), receivers == null ? "parquet" : "json");
        formats.requireAny(name);
        if (receivers != null) {
            return new SpoolFormat(formats.recordFormat(name), own);
        }
        return formats.isFileFormat(name)
                ? DeliveryFormat.of(formats.fileFormat(name), own)
                : DeliveryFormat.of(formats.recordFormat(name), own);
    }

    private List<String> options(DeliveryDefinition delivery, @Nullable ReceiverFactory receivers) {
        if (receivers == null) {
            return formats.store(location(delivery.url())).options();
        }
        List<String> names = new ArrayList<>(receivers.options());
        names.addAll(List.of(BACKUP, BACKUP_MODE, RETRY_DURATION));
        String backup = delivery.options().get(BACKUP, "");
        if (!backup.isEmpty()) {
            names.addAll(formats.store(location(backup)).options());
        }
        return names;
    }

    private @Nullable ObjectStore backup(Options options) {
        String url = options.get(BACKUP, "");
        return url.isEmpty() ? null : files(url, options);
    }

    private static boolean backupMode(Options options) {
        String mode = options.get(BACKUP_MODE, "failed");
        if (options.has(BACKUP_MODE) && !options.has(BACKUP)) {
            throw Options.invalid(BACKUP_MODE, mode, "a place for it too, such as backup = 'file:///lake/backup'");
        }
        return switch (mode) {
            case "failed" -> false;
            case "all" -> true;
            default -> throw Options.invalid(BACKUP_MODE, mode, "failed or all");
        };
    }

    /** Without a place for what is not delivered a batch is sent again for ever; nothing behind it is lost. */
    private static @Nullable Duration retryMax(Options options) {
        if (!options.has(RETRY_DURATION) && !options.has(BACKUP)) {
            return null;
        }
        return options.getDuration(RETRY_DURATION, RETRY_DURATION_DEFAULT);
    }

    private ObjectStore files(String url, Options options) {
        URI location = location(url);
        ObjectStoreFactory factory = formats.store(location);
        return factory.open(location, options.only(factory.options()));
    }

    private static URI location(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + url + "' is no URL",
                    "write it like 'file:///data/lake/trades'",
                    e);
        }
    }
}
