package io.millrace.server.stream;

import io.millrace.spi.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as a record API sees them: the same that {@code CREATE DELIVERY} makes. Names are exact, case included.
 * Safe for use by several threads.
 */
public interface DeliveryService {

    /**
     * A delivery.
     *
     * @param source the stream it delivers, or null where it delivers a query
     * @param url its destination
     * @param options what its {@code WITH} says
     */
    record Summary(String name, @Nullable String source, String url, Options options) {}

    /**
     * Other options for a delivery.
     *
     * @param seen the delivery as the caller knows it: nothing is done where it is another by now
     * @param options what its {@code WITH} is to say
     */
    record Alteration(Summary seen, Options options) {}

    /**
     * What is done to several deliveries of one stream at once.
     *
     * @param leading the delivery at whose place the created ones begin: what it has not committed they have too; null
     *     where they begin where their options say
     * @param created what is new
     * @param altered what goes on with other options
     * @param deleted names
     */
    record Change(@Nullable String leading, List<Summary> created, List<Alteration> altered, List<String> deleted) {}

    /** Returns all names, ascending. */
    List<String> names();

    /**
     * Returns what is known of a delivery.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}
     */
    Summary describe(String name);

    /**
     * Creates a stream for a delivery, with the columns of another one as JSON, or with one of whole records. Does
     * nothing where there is one of this name that no delivery has.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where there is no stream {@code like};
     *     {@code DUPLICATE_NAME} where the stream is in use
     */
    void createSource(String stream, @Nullable String like);

    /**
     * Creates a delivery and starts it.
     *
     * @throws io.millrace.spi.error.MillraceException {@code DUPLICATE_NAME}, {@code INVALID_ARGUMENT}, and whatever
     *     the destination says
     */
    void create(Summary delivery);

    /**
     * Gives a delivery other options. It goes on where it was.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}, {@code INVALID_ARGUMENT}, and {@code
     *     WRONG_STATE} where it is no more what the caller has seen; the delivery then is as it was
     */
    void alter(Alteration alteration);

    /**
     * Makes several changes, all of them or none: also where the process dies meanwhile.
     *
     * @throws io.millrace.spi.error.MillraceException as the others do; all is then as it was
     */
    void change(Change change);

    /** Deletes a delivery; what it has delivered stays. */
    void delete(String name);
}
