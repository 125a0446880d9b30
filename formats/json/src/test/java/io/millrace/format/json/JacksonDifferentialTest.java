package io.millrace.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Jackson accepts is accepted, with the same values; what it refuses is refused. */
class JacksonDifferentialTest {

    private static final int DOCUMENTS = 20_000;
    private static final String[] KEYS = {"a", "b", "c", "longer than eight bytes", "größe", ""};

    private final long seed = Long.getLong("millrace.seed", 20_261_120L);
    private final Random random = new Random(seed);
    private final ObjectMapper jackson = new ObjectMapper();
    private final JsonRecords texts = new JsonRecords(
            new RowType(Arrays.stream(KEYS)
                    .map(key -> Field.nullable(key, DataType.VARCHAR))
                    .toList()),
            Map.of());
    private final JsonRecords none =
            new JsonRecords(RowType.of(Field.nullable("unneeded", DataType.VARCHAR)), Map.of(), new int[0]);

    @Test
    void intactDocumentsHaveTheSameValues() throws IOException {
        int rows = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            rows += check(document().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rows).as("the generator makes valid documents").isGreaterThan(DOCUMENTS / 2);
    }

    @Test
    void damagedDocumentsAreJudgedTheSame() throws IOException {
        int accepted = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            accepted += check(damaged(document().getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(accepted)
                .as("some damage leaves a document valid, most does not")
                .isBetween(1, 2 * DOCUMENTS);
    }

    /** Returns how many rows the record has. */
    private int check(byte[] record) throws IOException {
        List<JsonNode> expected = parse(record);
        DecodedRows decoded = texts.decode(record);
        String shown = "seed " + seed + ": " + new String(record, StandardCharsets.UTF_8);
        assertThat(none.decode(record).rows().size())
                .as(shown)
                .isEqualTo(decoded.rows().size());
        if (decoded.rejections().stream()
                .anyMatch(rejection -> rejection.reason().contains("half a surrogate"))) {
            return 0; // Jackson lets these pass and has no UTF-8 for them
        }
        if (expected.isEmpty()) {
            assertThat(decoded.rejections()).as(shown).hasSize(1);
            return 0;
        }
        assertThat(decoded.rejections()).as(shown).isEmpty();
        assertThat(decoded.rows().size()).as(shown).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            compare(expected.get(i), RowValues.of(decoded.rows()).get(i), shown);
        }
        return expected.size();
    }

    private void compare(JsonNode expected, List<@Nullable Object> row, String shown) throws JsonProcessingException {
        for (int i = 0; i < KEYS.length; i++) {
            JsonNode value = member(expected, KEYS[i]);
            if (value == null || value.isNull()) {
                assertThat(row.get(i)).as(shown).isNull();
            } else if (value.isTextual()) {
                assertThat(row.get(i)).as(shown).isEqualTo(value.textValue());
            } else {
                assertThat(jackson.readTree((String) row.get(i))).as(shown).isEqualTo(value);
            }
        }
    }

    /** Returns the member of exactly the key, else the last that differs in case only. */
    private static @Nullable JsonNode member(JsonNode object, String key) {
        JsonNode found = object.get(key);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!object.has(key) && member.getKey().equalsIgnoreCase(key)) {
                found = member.getValue();
            }
        }
        return found;
    }

    /** Returns the objects of a record as Jackson sees them, none where it refuses it. */
    private List<JsonNode> parse(byte[] record) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record))
                    .toString();
            MappingIterator<JsonNode> values = jackson.readerFor(JsonNode.class).readValues(text);
            while (values.hasNextValue()) {
                nodes.add(values.nextValue());
            }
        } catch (CharacterCodingException | JsonProcessingException e) {
            return List.of();
        }
        return nodes.stream().allMatch(JsonNode::isObject) ? nodes : List.of();
    }

    private byte[] damaged(byte[] record) {
        byte[] damaged = record;
        for (int i = 1 + random.nextInt(3); i > 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            byte[] next = Arrays.copyOf(damaged, damaged.length + 1);
            switch (random.nextInt(4)) {
                case 0 -> next = Arrays.copyOf(damaged, at);
                case 1 -> {
                    System.arraycopy(damaged, at + 1, next, at, damaged.length - at - 1);
                    next = Arrays.copyOf(next, damaged.length - 1);
                }
                case 2 -> {
                    System.arraycopy(damaged, at, next, at + 1, damaged.length - at);
                    next[at] = foe();
                }
                default -> {
                    next = damaged.clone();
                    next[at] = foe();
                }
            }
            damaged = next;
        }
        return damaged;
    }

    private byte foe() {
        String foes = "{}[]\",:\\ \n\t0123456789.-+eEtrufalsn/\u0000\u001f";
        return random.nextInt(8) == 0 ? (byte) random.nextInt(256) : (byte) foes.charAt(random.nextInt(foes.length()));
    }

    private String document() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
            blank(out);
            object(out, 0);
            blank(out);
        }
        return out.toString();
    }

    private void object(StringBuilder out, int depth) {
        out.append('{');
        int members = random.nextInt(6);
        for (int i = 0; i < members; i++) {
            blank(out.append(i > 0 ? "," : ""));
            out.append('"').append(KEYS[random.nextInt(KEYS.length)]).append('"');
            blank(out);
            blank(out.append(':'));
            value(out, depth + 1);
            blank(out);
        }
        blank(out);
        out.append('}');
    }

    private void value(StringBuilder out, int depth) {
        switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> number(out);
            case 1, 2 -> string(out);
            case 3 -> out.append(List.of("true", "false", "null").get(random.nextInt(3)));
            case 4 -> object(out, depth);
            default -> array(out, depth);
        }
    }

    private void array(StringBuilder out, int depth) {
        out.append('[');
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
            blank(out.append(i > 0 ? "," : ""));
            value(out, depth + 1);
            blank(out);
        }
        blank(out);
        out.append(']');
    }

    private void number(StringBuilder out) {
        out.append(random.nextBoolean() ? "-" : "").append(random.nextLong(1L << random.nextInt(1, 62)));
        if (random.nextBoolean()) {
            out.append('.').append(random.nextInt(10_000));
        }
        if (random.nextInt(4) == 0) {
            out.append(random.nextBoolean() ? "e" : "E")
                    .append(List.of("", "+", "-").get(random.nextInt(3)));
            out.append(random.nextInt(30));
        }
    }

    private void string(StringBuilder out) {
        List<String> parts = List.of(
                "a",
                "some text",
                "ü",
                "日本",
                "😀",
                "\\n",
                "\\\"",
                "\\\\",
                "\\/",
                "\\u0041",
                "\\u00fc",
                "\\uD83D\\ude00",
                "\\ud83d",
                " ",
                "longer than eight bytes",
                "{",
                "]",
                "\u007f");
        out.append('"');
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append(parts.get(random.nextInt(parts.size())));
        }
        out.append('"');
    }

    private void blank(StringBuilder out) {
        if (random.nextInt(6) == 0) {
            out.append(List.of(" ", "\n", "\t", "\r\n", "  ").get(random.nextInt(5)));
        }
    }
}
