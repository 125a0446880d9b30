package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The delivery beside a delivery stream that keeps all its records as they came: {@code NAME.backup}, which the API does
 * not show. It reads the same stream, so neither waits for the other, and each record is in one object of each.
 */
final class BackupStream {

    private static final String SUFFIX = ".backup";
    private static final String OF = "backupOf";

    private final DeliveryStreams known;
    private final DeliveryService deliveries;

    BackupStream(DeliveryStreams known, DeliveryService deliveries) {
        this.known = known;
        this.deliveries = deliveries;
    }

    static String name(String deliveryStream) {
        return deliveryStream + SUFFIX;
    }

    /** Tells whether what the API noted of a delivery says that it belongs to another. */
    static boolean is(ObjectNode remark) {
        return remark.has(OF);
    }

    boolean exists(String deliveryStream) {
        return deliveries.names().contains(name(deliveryStream));
    }

    /**
     * Creates, changes or leaves alone the backup, as a configuration wants it. One that is there keeps where it started
     * and how it reads records.
     */
    void put(String deliveryStream, String source, @Nullable DestinationForm backup) {
        if (backup == null) {
            return;
        }
        String name = name(deliveryStream);
        ObjectNode remark = known.newRemark("Backup").put(OF, deliveryStream);
        if (!exists(deliveryStream)) {
            deliveries.create(new DeliveryService.Summary(
                    name, source, backup.url(), known.withRemark(backup.options(), remark)));
            return;
        }
        DeliveryService.Summary before = deliveries.describe(name);
        if (!before.url().equals(backup.url())) {
            throw AwsException.invalidArgument("The bucket of the backup cannot be changed while data is under way.");
        }
        Map<String, String> options = new HashMap<>(backup.options());
        for (String settled : List.of(DeliveryStreamControl.START, DeliveryStreamControl.DEAGGREGATE)) {
            options.remove(settled);
            if (before.options().has(settled)) {
                options.put(settled, before.options().get(settled, ""));
            }
        }
        deliveries.alter(name, known.withRemark(options, remark));
    }

    void delete(String deliveryStream) {
        if (exists(deliveryStream) && is(known.get(name(deliveryStream)).remark())) {
            deliveries.delete(name(deliveryStream));
        }
    }
}
