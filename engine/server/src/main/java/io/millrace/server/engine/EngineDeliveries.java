package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.server.engine.JointDeliveries.Exchanged;
import io.millrace.server.stream.DeliveryService;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deliveries of an engine, for doors that speak of records. Safe for use by several threads. */
final class EngineDeliveries implements DeliveryService {

    private static final RowType WHOLE_RECORDS = RowType.of(Field.nullable("data", DataType.VARBINARY));

    private final LiveCatalog catalog;
    private final Definitions definitions;

    EngineDeliveries(LiveCatalog catalog, Definitions definitions) {
        this.catalog = catalog;
        this.definitions = definitions;
    }

    @Override
    public List<String> names() {
        return List.copyOf(catalog.deliveries.names());
    }

    @Override
    public Summary describe(String name) {
        return summary(definition(name));
    }

    private static Summary summary(DeliveryDefinition delivery) {
        return new Summary(delivery.name(), delivery.source(), delivery.url(), delivery.options());
    }

    private DeliveryDefinition definition(String name) {
        DeliveryDefinition delivery = catalog.deliveries.exact(name);
        if (delivery == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no delivery '" + name + "'");
        }
        return delivery;
    }

    @Override
    public void createSource(String stream, @Nullable String like) {
        if (catalog.streams.exact(stream) != null && !delivered(stream)) {
            return;
        }
        definitions.streams().createRaw(like == null ? wholeRecords(stream) : columnsOf(like, stream), false);
    }

    private boolean delivered(String stream) {
        return catalog.deliveries().stream().anyMatch(delivery -> stream.equals(delivery.source()));
    }

    private static StreamDefinition wholeRecords(String stream) {
        return new StreamDefinition(
                stream, WHOLE_RECORDS, new Rowtime.Arrival(), new Options(Map.of("format", "lines", "shards", "1")));
    }

    private StreamDefinition columnsOf(String like, String stream) {
        StreamDefinition other = catalog.stream(like);
        if (other == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no stream '" + like + "' whose columns could be taken",
                    "declare it with CREATE STREAM");
        }
        return new StreamDefinition(
                stream, other.columns(), other.rowtime(), new Options(Map.of("format", "json", "shards", "1")));
    }

    @Override
    public void create(Summary delivery) {
        Statement.CreateDelivery created = new Statement.CreateDelivery(definition(delivery), false, false);
        // What is new has no state of which anything would have to be said.
        definitions.deliveries().create(created, new ArrayList<>());
    }

    @Override
    public void alter(Alteration alteration) {
        definitions.deliveries().alter(exchanged(alteration));
    }

    @Override
    public void change(Change change) {
        definitions
                .deliveries()
                .change(new JointDeliveries(
                        change.leading(),
                        change.created().stream()
                                .map(EngineDeliveries::definition)
                                .toList(),
                        change.altered().stream().map(this::exchanged).toList(),
                        change.deleted()));
    }

    private static DeliveryDefinition definition(Summary delivery) {
        return new DeliveryDefinition(delivery.name(), delivery.source(), null, delivery.url(), delivery.options());
    }

    private Exchanged exchanged(Alteration alteration) {
        DeliveryDefinition before = definition(alteration.seen().name());
        if (!summary(before).equals(alteration.seen())) {
            throw DeliveryDefinitions.changedMeanwhile(before.name());
        }
        return new Exchanged(
                before,
                new DeliveryDefinition(
                        before.name(), before.source(), before.query(), before.url(), alteration.options()));
    }

    @Override
    public void delete(String name) {
        definition(name);
        definitions.drop(new Statement.Drop(ObjectKind.DELIVERY, name, false));
    }
}
