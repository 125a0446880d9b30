package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A week of earthquakes, nested GeoJSON, read by path and as nested rows. */
class EarthquakesTest {

    private static final RowType BY_PATH = RowType.of(
            Field.required("id", DataType.VARCHAR),
            Field.nullable("mag", DataType.DOUBLE),
            Field.nullable("place", DataType.VARCHAR),
            Field.required("happened", DataType.TIMESTAMP),
            Field.required("longitude", DataType.DOUBLE));
    private static final RowType NESTED = RowType.of(
            Field.nullable(
                    "properties",
                    RowType.of(
                            Field.nullable("mag", DataType.DOUBLE),
                            Field.nullable("place", DataType.VARCHAR),
                            Field.nullable("time", DataType.BIGINT))),
            Field.nullable("geometry", RowType.of(Field.nullable("coordinates", new ArrayType(DataType.DOUBLE, true)))),
            Field.required("id", DataType.VARCHAR));

    @Test
    void bothWaysGiveWhatJacksonReads() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.file("events/earthquakes.jsonl"));
        String[] records = lines.toArray(String[]::new);
        List<List<@Nullable Object>> paths = new JsonRecords(
                        BY_PATH,
                        Map.of(
                                "path.mag", "$.properties.mag",
                                "path.place", "$.properties.place",
                                "path.happened", "$.properties.time",
                                "path.longitude", "$.geometry.coordinates[0]"))
                .rows(records);
        List<List<@Nullable Object>> nested = new JsonRecords(NESTED, Map.of()).rows(records);
        assertThat(paths).hasSize(1707);
        ObjectMapper jackson = new ObjectMapper();
        for (int i = 0; i < records.length; i++) {
            JsonNode event = jackson.readTree(records[i]);
            JsonNode mag = event.at("/properties/mag");
            List<?> properties = (List<?>) nested.get(i).get(0);
            assertThat(paths.get(i).get(0))
                    .isEqualTo(event.get("id").textValue())
                    .isEqualTo(nested.get(i).get(2));
            assertThat(paths.get(i).get(1))
                    .isEqualTo(mag.isNull() ? null : mag.doubleValue())
                    .isEqualTo(properties.get(0));
            assertThat(paths.get(i).get(2))
                    .isEqualTo(event.at("/properties/place").textValue());
            assertThat(properties.get(2)).isEqualTo(event.at("/properties/time").longValue());
            assertThat(paths.get(i).get(4))
                    .isEqualTo(event.at("/geometry/coordinates/0").doubleValue());
        }
        assertThat(paths.get(0).get(3)).hasToString("2018-01-31T01:49:59.650");
    }
}
