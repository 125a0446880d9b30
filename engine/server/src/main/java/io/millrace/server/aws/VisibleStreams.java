package io.millrace.server.aws;

import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;

/** Streams without those that delivery streams keep their puts in, which only their own names lead to. */
record VisibleStreams(StreamService streams, DeliveryService deliveries) implements StreamService {

    @Override
    public List<String> names() {
        List<String> delivered = deliveries.names();
        return streams.names().stream()
                .filter(name -> !isOfDelivery(name, delivered))
                .toList();
    }

    private boolean isOfDelivery(String stream, List<String> delivered) {
        if (!stream.startsWith(DeliveryStreams.SOURCE_PREFIX)) {
            return false;
        }
        String delivery = stream.substring(DeliveryStreams.SOURCE_PREFIX.length());
        return delivered.contains(delivery)
                && stream.equals(deliveries.describe(delivery).source());
    }

    @Override
    public void create(String name, int shards, boolean onDemand) {
        streams.create(name, shards, onDemand);
    }

    @Override
    public void delete(String name) {
        streams.delete(name);
    }

    @Override
    public StreamSummary describe(String name) {
        return streams.describe(name);
    }

    @Override
    public StreamLog log(String name) {
        return streams.log(name);
    }

    @Override
    public RowType columns(String name) {
        return streams.columns(name);
    }

    @Override
    public RowEncoder encoder(String name) {
        return streams.encoder(name);
    }
}
