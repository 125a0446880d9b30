package io.millrace.server.engine;

import io.millrace.delivery.DeliveryFormat;
import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.delivery.spool.BackupNames;
import io.millrace.delivery.spool.RowSpoolFormat;
import io.millrace.delivery.spool.SpoolFormat;
import io.millrace.delivery.spool.SpoolSettings;
import io.millrace.delivery.spool.SpoolStore;
import io.millrace.delivery.transform.Transformation;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.Receiver;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.ReceiverFactory.Takes;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveryDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    void check(DeliveryDefinition delivery, RowType columns) throws IOException {
        ReceiverFactory receivers = formats.receiver(location(delivery.url()));
        if (receivers == null) {
            try (ObjectStore store = files(delivery.url(), delivery.options())) {
                store.staged("");
            }
            return;
        }
        for (String name : Stream.concat(LayoutOptions.NAMES.stream(), Stream.of(Transformation.QUERY))
                .toList()) {
            if (delivery.options().has(name)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + name + "' is about files, and '" + delivery.shownUrl() + "' takes records",
                        "leave it out");
            }
        }
        try (Receiver receiver = receivers.open(setup(delivery, receivers, columns, "check"))) {
            receiver.check();
        }
        if (receivers.takes() == Takes.RECORDS) {
            formats.recordFormat(formatName(delivery, receivers))
                    .encoder(columns, formatOptions(delivery, receivers))
                    .prepare();
        }
        backupMode(delivery.options());
        backupNames(delivery, columns);
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
     * @param columns the type of the rows
     * @param directory the delivery's own, named like that of no other
     */
    ObjectStore open(
            DeliveryDefinition delivery,
            String stream,
            RowType columns,
            Path directory,
            Consumer<RejectedEntry> rejected) {
        Options options = delivery.options();
        ReceiverFactory receivers = formats.receiver(location(delivery.url()));
        if (receivers == null) {
            return files(delivery.url(), options);
        }
        ObjectStore spool = files(directory.resolve("spool").toUri().toString(), Options.NONE);
        SpoolSettings settings = new SpoolSettings(
                stream,
                backup(options),
                backupNames(delivery, columns),
                backupMode(options),
                !isWhole(options),
                retryMax(options),
                rejected,
                clock);
        String sender = String.valueOf(directory.getFileName());
        return switch (receivers.open(setup(delivery, receivers, columns, sender))) {
            case RecordReceiver records -> new SpoolStore(spool, records, settings);
            case RowReceiver rows -> new SpoolStore(spool, rows, rowSpool(delivery, receivers), columns, settings);
        };
    }

    private ReceiverSetup setup(
            DeliveryDefinition delivery, ReceiverFactory receivers, RowType columns, String sender) {
        return new ReceiverSetup(
                delivery.name(),
                sender,
                location(delivery.url()),
                columns,
                formats.recordFormat(formatName(delivery, receivers)),
                formatOptions(delivery, receivers),
                delivery.options().only(receivers.options()),
                place -> files(place.toString(), delivery.options()));
    }

    private RowSpoolFormat rowSpool(DeliveryDefinition delivery, ReceiverFactory receivers) {
        // What is kept beside the destination is what was put, where that is a record and no row.
        String records = isWhole(delivery.options()) ? "lines" : "json";
        return new RowSpoolFormat(
                formats.fileFormat("arrow-stream"), formats.recordFormat(records), receivers.batchSize());
    }

    private static boolean isWhole(Options options) {
        return options.getBoolean(Transformation.WHOLE, false);
    }

    /** Returns how a delivery's rows are written: as files, or as what is sent. */
    DeliveryFormat format(DeliveryDefinition delivery) {
        ReceiverFactory receivers = formats.receiver(location(delivery.url()));
        Options own = formatOptions(delivery, receivers);
        String name = formatName(delivery, receivers);
        formats.requireAny(name);
        if (receivers == null) {
            return formats.isFileFormat(name)
                    ? DeliveryFormat.of(formats.fileFormat(name), own)
                    : DeliveryFormat.of(formats.recordFormat(name), own);
        }
        return switch (receivers.takes()) {
            case RECORDS -> new SpoolFormat(formats.recordFormat(name), own);
            case ROWS -> {
                own.refuseOthers();
                yield rowSpool(delivery, receivers);
            }
            case ROWS_AND_FORMAT -> rowSpool(delivery, receivers);
        };
    }

    private static String formatName(DeliveryDefinition delivery, @Nullable ReceiverFactory receivers) {
        if (receivers != null
                && receivers.takes() == Takes.ROWS
                && delivery.options().has("format")) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'format' is about records, and '" + delivery.shownUrl() + "' takes rows with their types",
                    "leave it out");
        }
        return DeliveryOptions.formatName(delivery.options(), receivers == null ? "parquet" : "json");
    }

    private Options formatOptions(DeliveryDefinition delivery, @Nullable ReceiverFactory receivers) {
        return DeliveryOptions.formatOptions(delivery.options())
                .without(options(delivery, receivers).toArray(String[]::new));
    }

    private List<String> options(DeliveryDefinition delivery, @Nullable ReceiverFactory receivers) {
        if (receivers == null) {
            return formats.store(location(delivery.url())).options();
        }
        List<String> names = new ArrayList<>(receivers.options());
        names.addAll(List.of(BACKUP, BACKUP_MODE, RETRY_DURATION));
        names.addAll(BackupNames.NAMES);
        for (String place : Stream.of(BACKUP, receivers.stagingOption())
                .filter(Objects::nonNull)
                .map(option -> delivery.options().get(option, ""))
                .filter(url -> !url.isEmpty())
                .toList()) {
            names.addAll(formats.store(location(place)).options());
        }
        return names;
    }

    private @Nullable ObjectStore backup(Options options) {
        String url = options.get(BACKUP, "");
        return url.isEmpty() ? null : files(url, options);
    }

    /** What Firehose calls the records that a destination did not take. */
    private static BackupNames backupNames(DeliveryDefinition delivery, RowType columns) {
        for (String name : BackupNames.NAMES) {
            if (delivery.options().has(name) && !delivery.options().has(BACKUP)) {
                throw Options.invalid(
                        name,
                        delivery.options().get(name, ""),
                        "a place for it too, such as backup = 'file:///lake/backup'");
            }
        }
        String scheme = String.valueOf(location(delivery.url()).getScheme());
        String errorType = switch (scheme.replaceFirst("\\+?https?$", "")) {
            case "" -> "http-endpoint-failed";
            case "splunk" -> "splunk-failed";
            case "opensearch" -> "AmazonOpenSearchService-failed";
            case "elasticsearch" -> "elasticsearch-failed";
            case "redshift" -> "redshift-failed";
            default -> "delivery-failed";
        };
        return BackupNames.from(delivery.options(), errorType, columns);
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

    static URI location(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(url) + "' is no URL",
                    "write it like 'file:///data/lake/trades'",
                    e);
        }
    }
}
