package io.millrace.format.avro;

import static io.millrace.format.avro.AvroRecords.decode;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.avro.registry.Framing;
import io.millrace.format.avro.registry.SchemaId;
import io.millrace.format.avro.registry.SchemaRegistry;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Records whose schemas nobody knows: what is remembered of them has an end. */
class AvroDecoderTest {

    private static final RowType COLUMNS = RowType.of(Field.nullable("id", DataType.BIGINT));

    private final List<SchemaId> asked = new ArrayList<>();
    private final RowDecoder decoder = new AvroDecoder(COLUMNS, new int[] {0}, null, new SchemaRegistry() {
        @Override
        public Framing framing() {
            return Framing.CONFLUENT;
        }

        @Override
        public Optional<Schema> find(SchemaId id) {
            asked.add(id);
            return Optional.empty();
        }

        @Override
        public SchemaId idOf(String subject, Schema schema, boolean register) {
            throw new AssertionError("nothing is written");
        }
    });

    private void read(int id) {
        assertThat(decode(decoder, COLUMNS, Framing.CONFLUENT.header(SchemaId.ofNumber(id)))
                        .rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).contains("schema " + id + " is not known"));
    }

    @Test
    void idsThatNobodyKnowsAreRememberedUpToANumber() {
        for (int id = 0; id <= AvroDecoder.UNKNOWN_MAX; id++) {
            read(id);
        }
        read(1);
        assertThat(asked).as("the second is remembered still").hasSize(AvroDecoder.UNKNOWN_MAX + 1);
        read(0);
        assertThat(asked)
                .as("the first is not")
                .hasSize(AvroDecoder.UNKNOWN_MAX + 2)
                .endsWith(SchemaId.ofNumber(0));
    }
}
