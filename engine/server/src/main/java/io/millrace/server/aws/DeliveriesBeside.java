package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.DeliveryService.Alteration;
import io.millrace.server.stream.DeliveryService.Change;
import io.millrace.server.stream.DeliveryService.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Returns what is created for a new delivery stream. */
    List<Summary> created(String deliveryStream, String source, Map<String, DestinationForm> beside) {
        return beside.entrySet().stream()
                .map(each -> created(deliveryStream, name(deliveryStream, each.getKey()), source, each.getValue()))
                .toList();
    }

    private Summary created(String deliveryStream, String name, String source, DestinationForm form) {
        return new Summary(name, source, form.url(), known.withRemark(form.options(), remark(deliveryStream)));
    }

    private ObjectNode remark(String deliveryStream) {
        return known.newRemark("Backup").put(OF, deliveryStream);
    }

    /**
     * Returns what a changed configuration wants of them. Those that are new begin at the place of the delivery stream's own,
     * which told of their records until then; those of tables that are no more in it end. One that is there keeps where it
     * started and how it reads records; a backup is kept in any case.
     */
    Change change(String deliveryStream, String source, Map<String, DestinationForm> beside) {
        List<Summary> created = new ArrayList<>();
        List<Alteration> altered = new ArrayList<>();
        Set<String> kept = new HashSet<>(Set.of(name(deliveryStream, BACKUP)));
        beside.forEach((part, form) -> {
            String name = name(deliveryStream, part);
            if (deliveries.names().contains(name)) {
                altered.add(altered(deliveryStream, name, form));
                kept.add(name);
            } else {
                created.add(created(deliveryStream, name, source, form));
            }
        });
        List<String> deleted = names(deliveryStream).stream()
                .filter(name -> !kept.contains(name))
                .toList();
        return new Change(deliveryStream, created, altered, deleted);
    }

    private Alteration altered(String deliveryStream, String name, DestinationForm form) {
        if (!belongs(name, deliveryStream)) {
            throw new AwsException(
                    "ResourceInUseException", "A delivery " + name + " exists, and is none of this one's.");
        }
        Summary before = deliveries.describe(name);
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
        return new Alteration(before, known.withRemark(options, remark(deliveryStream)));
    }

    /** Returns the names of those that a delivery stream has. */
    List<String> names(String deliveryStream) {
        return deliveries.names().stream()
                .filter(name -> name.startsWith(deliveryStream + "."))
                .filter(name -> belongs(name, deliveryStream))
                .toList();
    }

    private boolean belongs(String name, String deliveryStream) {
        return known.get(name).remark().path(OF).asText().equals(deliveryStream);
    }
}
