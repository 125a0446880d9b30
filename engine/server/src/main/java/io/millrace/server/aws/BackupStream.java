package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
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

    /** Creates, changes or leaves alone the backup, as a configuration wants it. */
    void put(String deliveryStream, String source, @Nullable DestinationForm backup) {
        if (backup == null) {
            return;
        }
        String name = name(deliveryStream);
        ObjectNode remark = known.newRemark("Backup").put(OF, deliveryStream);
        if (!exists(deliveryStream)) {
            deliveries.create(new DeliveryService.Summary(
                    name, source, backup.url(), known.withRemark(backup.options(), remark)));
        } else if (deliveries.describe(name).url().equals(backup.url())) {
            deliveries.alter(name, known.withRemark(backup.options(), remark));
        } else {
            throw AwsException.invalidArgument("The bucket of the backup cannot be changed while data is under way.");
        }
    }

    void delete(String deliveryStream) {
        if (exists(deliveryStream) && is(known.get(name(deliveryStream)).remark())) {
            deliveries.delete(name(deliveryStream));
        }
    }
}
