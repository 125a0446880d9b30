package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RecordProcessorTest {

    private static DeliveryRecord record(byte[] data) {
        return new DeliveryRecord(data, "shard:1", 1_000_000, Map.of());
    }

    private static ProcessedRecords processed(RecordProcessor step, byte[] data) throws IOException {
        ProcessedRecords out = new ProcessedRecords();
        step.process(record(data), out);
        return out;
    }

    private static ProcessedRecords processed(RecordProcessor step, String data) throws IOException {
        return processed(step, data.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(ProcessedRecords out) {
        return out.records().stream()
                .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void recordsAreUnpacked() throws IOException {
        byte[] plain = new byte[100_000];
        new Random(7).nextBytes(plain);
        assertThat(processed(new Decompression(), gzip(plain)).records())
                .singleElement()
                .satisfies(record -> assertThat(record.data()).isEqualTo(plain));
    }

    @Test
    void whatIsNoGzipOrTooLongFails() throws IOException {
        assertThat(processed(new Decompression(), "plain").failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.processing().errorCode()).isEqualTo("Decompression.Failed"));
        byte[] cut = gzip(new byte[1000]);
        assertThat(processed(new Decompression(), java.util.Arrays.copyOf(cut, cut.length - 9))
                        .failed())
                .hasSize(1);
        assertThat(processed(new Decompression(), gzip(new byte[Decompression.BYTES_MAX + 1]))
                        .failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.processing().errorCode()).isEqualTo("Decompression.TooLong"));
    }

    @Test
    void messagesLeaveTheirEnvelope() throws IOException {
        ProcessedRecords out = processed(
                new LogEvents(),
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"message\":\"é"
                        + " one\"},{\"message\":\"two\"}]}");
        assertThat(texts(out)).containsExactly("é one", "two");
        ProcessedRecords control = processed(new LogEvents(), "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}");
        assertThat(control.records()).isEmpty();
        assertThat(control.failed()).isEmpty();
        assertThat(processed(new LogEvents(), "{}").failed()).hasSize(1);
    }

    @Test
    void documentsBehindOneAnotherAreRecords() throws IOException {
        assertThat(texts(processed(new SplitDocuments(), "{\"a\": \"}{\"}{\"b\":[1,{}]}\n [2] {\"ü\":1}")))
                .containsExactly("{\"a\": \"}{\"}", "{\"b\":[1,{}]}", "[2]", "{\"ü\":1}");
        assertThat(texts(processed(new SplitDocuments(), ""))).isEmpty();
    }

    @Test
    void aRecordWithABrokenDocumentFailsAsAWhole() throws IOException {
        for (String broken : List.of("{} {\"a\":", "{} x", "{} 1", "{]")) {
            ProcessedRecords out = processed(new SplitDocuments(), broken);
            assertThat(out.records()).isEmpty();
            assertThat(out.failed())
                    .singleElement()
                    .satisfies(failed ->
                            assertThat(failed.record().data()).asString().isEqualTo(broken));
        }
    }

    @Test
    void whatIsNotInUtf8FailsAndNothingElse() throws IOException {
        String json = "{\"a\": \"é\"}";
        for (Charset charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32"),
                Charset.forName("UTF-32LE"),
                StandardCharsets.ISO_8859_1)) {
            byte[] data = json.getBytes(charset);
            for (RecordProcessor step : List.of(new SplitDocuments(), new QueryKeys("{a: .a}"), new LogEvents())) {
                ProcessedRecords out = processed(step, data);
                assertThat(out.records()).as("%s %s", step, charset).isEmpty();
                assertThat(out.failed())
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.record().data()).isEqualTo(data));
            }
        }
        assertThat(texts(processed(new SplitDocuments(), "\ufeff" + json + json)))
                .containsExactly(json, json);
    }

    @Test
    void aRecordThatAStepHasTroubleWithFailsAlone() {
        ProcessorChain chain = new ProcessorChain(List.of(
                (record, out) -> {
                    out.add(record);
                    if (record.data().length == 0) {
                        throw new ArrayIndexOutOfBoundsException("no byte 0");
                    }
                },
                new AppendText(new byte[] {'!'})));
        ProcessedRecords out =
                chain.process(List.of(record(new byte[] {'a'}), record(new byte[0]), record(new byte[] {'b'})));
        assertThat(texts(out)).containsExactly("a!", "b!");
        assertThat(out.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).contains("no byte 0"));
    }

    @Test
    void recordsThatComeBackWithoutDataFail() throws IOException {
        FunctionMessages messages = new FunctionMessages("f", "d");
        List<DeliveryRecord> asked = List.of(record(new byte[] {1}), record(new byte[] {2}));
        String good = answer("0", "1");
        for (String other : List.of("", ",\"data\":null", ",\"data\":1", ",\"data\":{}", ",\"data\":\"*\"")) {
            String answer = good.replaceFirst(",\"data\":\"AQ==\"", other);
            ProcessedRecords out = new ProcessedRecords();
            messages.answer(answer.getBytes(StandardCharsets.UTF_8), asked, out);
            assertThat(out.records()).as(answer).hasSize(1);
            assertThat(out.failed()).singleElement().satisfies(failed -> {
                assertThat(failed.record()).isEqualTo(asked.getFirst());
                assertThat(failed.processing().errorCode()).isEqualTo("Lambda.JsonProcessingException");
            });
        }
        ProcessedRecords out = new ProcessedRecords();
        messages.answer(good.replaceFirst("AQ==", "").getBytes(StandardCharsets.UTF_8), asked, out);
        assertThat(out.records().getFirst().data()).isEmpty();
    }

    @Test
    void keysWithoutAValueAreNone() throws IOException {
        String answer = "{\"records\":[{\"recordId\":\"0\",\"result\":\"Ok\",\"data\":\"\",\"metadata\":"
                + "{\"partitionKeys\":{\"a\":\"x\",\"b\":null,\"c\":{},\"d\":7}}}]}";
        ProcessedRecords out = new ProcessedRecords();
        new FunctionMessages("f", "d")
                .answer(answer.getBytes(StandardCharsets.UTF_8), List.of(record(new byte[0])), out);
        assertThat(out.records().getFirst().keys()).isEqualTo(Map.of("a", "x", "d", "7"));
    }

    @Test
    void delimitersCutRecords() throws IOException {
        SplitText step = new SplitText("||".getBytes(StandardCharsets.UTF_8));
        assertThat(texts(processed(step, "a||b|c||||d||"))).containsExactly("a", "b|c", "d");
        assertThat(texts(processed(step, "one"))).containsExactly("one");
    }

    @Test
    void recordsOfTheProducerLibraryAreTakenApart() throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(new byte[] {10, 1, 'k'});
        for (String text : List.of("one", "")) {
            message.write(new byte[] {26, (byte) (4 + text.length()), 8, 0, 26, (byte) text.length()});
            message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
        whole.writeBytes(message.toByteArray());
        whole.writeBytes(MessageDigest.getInstance("MD5").digest(message.toByteArray()));
        assertThat(texts(processed(new AggregatedRecords(), whole.toByteArray())))
                .containsExactly("one", "");
        byte[] other = whole.toByteArray();
        other[5]++;
        assertThat(processed(new AggregatedRecords(), other).records())
                .singleElement()
                .satisfies(record -> assertThat(record.data()).isEqualTo(other));
        assertThat(texts(processed(new AggregatedRecords(), "plain"))).containsExactly("plain");
    }

    @Test
    void textIsAppended() throws IOException {
        assertThat(texts(processed(new AppendText(new byte[] {'\n'}), "a"))).containsExactly("a\n");
    }

    @Test
    void queriesFindKeys() throws IOException {
        QueryKeys step = new QueryKeys("{who: .a.b, \"n,o\": (.n * 2), day: (.at | tostring)}");
        ProcessedRecords out = processed(step, "{\"a\": {\"b\": \"x y\"}, \"n\": 21, \"at\": 0}");
        assertThat(out.failed()).isEmpty();
        assertThat(out.records().getFirst().keys()).isEqualTo(Map.of("who", "x y", "n,o", "42", "day", "0"));
    }

    @Test
    void recordsWithoutAKeyFail() throws IOException {
        QueryKeys step = new QueryKeys("{who: .a.b}");
        for (String record : List.of("{}", "{\"a\": 1}", "{\"a\": {\"b\": {}}}", "", "{} {}", "{\"a\":{\"b\":\"\"}}")) {
            assertThat(processed(step, record).failed()).hasSize(1);
        }
    }

    @Test
    void queriesThatMakeNoObjectAreRefused() {
        for (String query : List.of(".a", "{", "{a}", "{(.x): 1}", "{}", "{a: .b | | .c}")) {
            assertThatThrownBy(() -> new QueryKeys(query))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("partition_query");
        }
    }

    @Test
    void answersThatDoNotFitAreRefused() throws IOException {
        FunctionMessages messages = new FunctionMessages("f", "d");
        List<DeliveryRecord> asked = List.of(record(new byte[] {1}), record(new byte[] {2}));
        assertThat(messages.request("i", asked)).asString().contains("\"recordId\":\"1\"", "\"data\":\"Ag==\"");
        Map<String, String> broken = Map.of(
                "[]",
                "Lambda.JsonProcessingException",
                "{\"errorMessage\": \"x\"}",
                "Lambda.JsonProcessingException",
                answer("0"),
                "Lambda.MissingRecordId",
                answer("0", "0"),
                "Lambda.DuplicatedRecordId",
                answer("0", "2"),
                "Lambda.MissingRecordId",
                answer("0", "one"),
                "Lambda.MissingRecordId",
                answer("0", "1").replace("Ok", "Fine"),
                "Lambda.FunctionError");
        broken.forEach((answer, code) -> {
            ProcessedRecords out = new ProcessedRecords();
            assertThatThrownBy(() -> messages.answer(answer.getBytes(StandardCharsets.UTF_8), asked, out))
                    .isInstanceOfSatisfying(
                            FunctionFailedException.class,
                            failure -> assertThat(failure.errorCode()).isEqualTo(code));
            assertThat(out.records()).isEmpty();
        });
        ProcessedRecords out = new ProcessedRecords();
        messages.answer(answer("1", "0").getBytes(StandardCharsets.UTF_8), asked, out);
        assertThat(out.records()).hasSize(2);
    }

    private static String answer(String... ids) {
        StringBuilder records = new StringBuilder();
        for (String id : ids) {
            records.append(records.isEmpty() ? "" : ",")
                    .append("{\"recordId\":\"" + id + "\",\"result\":\"Ok\",\"data\":\"AQ==\"}");
        }
        return "{\"records\":[" + records + "]}";
    }
}
