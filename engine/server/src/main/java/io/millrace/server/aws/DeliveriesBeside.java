package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliveries beside a delivery stream, which the API does not show: {@code NAME.backup} keeps all its records as they
 * came, {@code NAME.database.table} takes those of another table. They read the same stream, so none waits for another.
 */
final class DeliveriesBeside {

    /** The one that keeps all records. */
    static final String BACKUP = "backup";

    private static final String OF = "backupOf";

    private final DeliveryStreams known;
    private final DeliveryService deliveries;

    DeliveriesBeside(DeliveryStreams known, DeliveryService deliveries) {
        this.known = known;
        this.deliveries = deliveries;
    }

    private static String name(String deliveryStream, String part) {
        return deliveryStream + "." + part;
    }

    /** Tells whether what the API noted of a delivery says that it belongs to another. */
    static boolean is(ObjectNode remark) {
        return remark.has(OF);
    }

    /** Returns whether a delivery has the name of one of these. */
    boolean exists(String deliveryStream, Map<String, DestinationForm> beside) {
        List<String> names = deliveries.names();
        return beside.keySet().stream().anyMatch(part -> names.contains(name(deliveryStream, part)));
    }

    /**
     * Creates and changes them as a configuration wants it, and deletes those of tables that it has no more. One that is
     * there keeps where it started and how it reads records; a backup is kept in any case.
     */
    void put(String deliveryStream, String source, Map<String, DestinationForm> beside) {
        beside.forEach((part, form) -> put(deliveryStream, name(deliveryStream, part), source, form));
        for (String name : names(deliveryStream)) {
            String part = name.substring(deliveryStream.length() + 1);
            if (!part.equals(BACKUP) && !beside.containsKey(part)) {
                deliveries.delete(name);
            }
        }
    }

    private void put(String deliveryStream, String name, String source, DestinationForm form) {
        ObjectNode remark = known.newRemark("Backup").put(OF, deliveryStream);
        if (!deliveries.names().contains(name)) {
            deliveries.create(
                    new DeliveryService.Summary(name, source, form.url(), known.withRemark(form.options(), remark)));
            return;
        }
        if (!belongs(name, deliveryStream)) {
            throw new AwsException(
                    "ResourceInUseException", "A delivery " + name + " exists, and is none of this one's.");
        }
        DeliveryService.Summary before = deliveries.describe(name);
        if (!before.url().equals(form.url())) {
            throw AwsException.invalidArgument("The bucket of the backup cannot be changed while data is under way.");
        }
        Map<String, String> options = new HashMap<>(form.options());
        for (String settled : List.of(
                DeliveryStreamControl.START, DeliveryStreamControl.DEAGGREGATE, DeliveryStreamControl.TRANSFORM_ARN)) {
            options.remove(settled);
            if (before.options().has(settled)) {
                options.put(settled, before.options().get(settled, ""));
            }
        }
        deliveries.alter(name, known.withRemark(options, remark));
    }

    private List<String> names(String deliveryStream) {
        return deliveries.names().stream()
                .filter(name -> name.startsWith(deliveryStream + "."))
                .filter(name -> belongs(name, deliveryStream))
                .toList();
    }

    private boolean belongs(String name, String deliveryStream) {
        return known.get(name).remark().path(OF).asText().equals(deliveryStream);
    }

    void delete(String deliveryStream) {
        names(deliveryStream).forEach(deliveries::delete);
    }
}
