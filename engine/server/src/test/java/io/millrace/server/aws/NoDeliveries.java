package io.millrace.server.aws;

import io.millrace.server.stream.DeliveryService;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place without deliveries, where none can be made. */
final class NoDeliveries implements DeliveryService {

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public Summary describe(String name) {
        throw none(name);
    }

    @Override
    public void createSource(String stream, @Nullable String like) {
        throw none(stream);
    }

    @Override
    public void create(Summary delivery) {
        throw none(delivery.name());
    }

    @Override
    public void alter(Alteration alteration) {
        throw none(alteration.seen().name());
    }

    @Override
    public void change(Change change) {
        throw none(String.valueOf(change.leading()));
    }

    @Override
    public void delete(String name) {
        throw none(name);
    }

    private static MillraceException none(String name) {
        return new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no delivery '" + name + "'");
    }
}
