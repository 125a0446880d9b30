package io.millrace.sql.system;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two streams, a materialized view and a function. */
final class SampleCatalog implements Catalog {

    private static final StreamDefinition TRADES = new StreamDefinition(
            "trades",
            RowType.of(
                    Field.required("symbol", DataType.VARCHAR),
                    Field.nullable("price", DataType.DOUBLE),
                    Field.nullable("quantity", DataType.INTEGER),
                    Field.nullable("ts", DataType.TIMESTAMP_WITH_TIME_ZONE),
                    Field.nullable("amount", new DecimalType(10, 2)),
                    Field.nullable("note", new CharacterType(20, false)),
                    Field.nullable("tags", new ArrayType(DataType.VARCHAR, true))),
            new Rowtime.Arrival(),
            Options.NONE);

    private static final StreamDefinition UPPER = new StreamDefinition(
            "SOURCE_SQL_STREAM_001",
            RowType.of(Field.nullable("TICKER", new CharacterType(4, false))),
            new Rowtime.Arrival(),
            Options.NONE);

    private static final RowType TOTALS =
            RowType.of(Field.nullable("symbol", DataType.VARCHAR), Field.nullable("quantity", DataType.BIGINT));

    private static final ViewDefinition VIEW = new ViewDefinition(
            "totals",
            TOTALS,
            new Plan(new PlanNode.Values("values", TOTALS, List.of()), true, -1),
            "SELECT symbol, SUM(quantity) AS quantity FROM trades GROUP BY symbol");

    @Override
    public @Nullable StreamDefinition stream(String name) {
        return streams().stream()
                .filter(stream -> stream.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable ViewDefinition view(String name) {
        return VIEW.name().equalsIgnoreCase(name) ? VIEW : null;
    }

    @Override
    public @Nullable PumpDefinition pump(String name) {
        return null;
    }

    @Override
    public @Nullable DeliveryDefinition delivery(String name) {
        return null;
    }

    @Override
    public Collection<StreamDefinition> streams() {
        return List.of(UPPER, TRADES);
    }

    @Override
    public Collection<ViewDefinition> views() {
        return List.of(VIEW);
    }

    @Override
    public Collection<FunctionDefinition> functions() {
        FunctionSignature signature = new FunctionSignature(
                FunctionKind.SCALAR,
                List.of(
                        new FunctionSignature.Parameter("x", DataType.INTEGER, false),
                        new FunctionSignature.Parameter("y", new CharacterType(9, false), false)),
                DataType.DOUBLE,
                true,
                true);
        return List.of(new FunctionDefinition(
                "rate", signature, new FunctionDefinition.InJava("com.example.Rate", "/rate.jar", "")));
    }

    @Override
    public Collection<PumpDefinition> pumps() {
        return List.of();
    }

    @Override
    public Collection<DeliveryDefinition> deliveries() {
        return List.of();
    }
}
