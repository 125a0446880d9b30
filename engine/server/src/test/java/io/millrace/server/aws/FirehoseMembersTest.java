package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.FirehoseMemberTable.Row;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** {@code docs/reference/firehose-api.md} has every member of Firehose's requests, and what it says of them is so. */
final class FirehoseMembersTest {

    private static final String CREATE = "CreateDeliveryStream";
    private static final String UPDATE = "UpdateDestination";
    private static final String CONVERSION = "ExtendedS3.DataFormatConversionConfiguration.";

    private static final AwsSettings SETTINGS = settings();
    private static List<Row> rows = List.of();

    @BeforeAll
    static void read() throws Exception {
        rows = FirehoseMemberTable.read();
    }

    private static AwsSettings settings() {
        AwsSettings defaults = AwsSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new AwsSettings(
                defaults.address(),
                defaults.account(),
                defaults.region(),
                defaults.iteratorLife(),
                defaults.clock(),
                AwsSettings.BUCKETS_OF_S3,
                "",
                TableCatalog.of("iceberg:{database}.{table}?catalog=rest&catalog_uri=http://127.0.0.1:1/"
                        + "&warehouse={warehouse}"));
    }

    private static String fate(String member) {
        List<Row> found = rows.stream().filter(row -> row.has(member)).toList();
        assertThat(found).as("rows of %s", member).hasSize(1);
        return found.getFirst().fate();
    }

    @Test
    void eachMemberIsInOneRow() {
        List<String> members = FirehoseShapes.named();
        assertThat(members).hasSizeGreaterThan(350);
        assertThat(members.stream()
                        .filter(member ->
                                rows.stream().filter(row -> row.has(member)).count() != 1))
                .isEmpty();
    }

    @Test
    void noRowIsOfAMemberThatIsNot() {
        List<String> members = FirehoseShapes.named();
        assertThat(rows.stream().filter(row -> members.stream().noneMatch(row::has)))
                .isEmpty();
    }

    @Test
    void whatHasNoEffectHasAReason() {
        assertThat(rows.stream().filter(row -> row.fate().equals("no effect")))
                .isNotEmpty()
                .allMatch(row -> !row.reason().isEmpty());
    }

    @TestFactory
    List<DynamicTest> eachMemberOfADestinationDoesWhatItsRowSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String operation : List.of(CREATE, UPDATE)) {
            for (SdkField<?> field : FirehoseShapes.request(operation).sdkFields()) {
                String path = FirehoseShapes.named(operation + "." + field.locationName());
                if (path.startsWith(operation)) {
                    continue;
                }
                FirehoseShapes.leaves(structure(field), path).stream()
                        .map(FirehoseShapes::named)
                        .distinct()
                        .map(member -> DynamicTest.dynamicTest(
                                operation + " " + member, () -> new Probe(operation, field, path, member).run()))
                        .forEach(tests::add);
            }
        }
        return tests;
    }

    private static SdkPojo structure(SdkField<?> field) {
        return FirehoseShapes.element(field).constructor().get();
    }

    /** One member, given one value and another. */
    private record Probe(String operation, SdkField<?> destination, String path, String member) {

        void run() {
            switch (fate(member)) {
                case "refused" -> refused();
                case "served" -> served();
                default -> noEffect();
            }
        }

        /** Some members leave no place for others. */
        private boolean has(String other) {
            if (fate(other).equals("refused")) {
                return false;
            }
            boolean ofKey = other.contains(".KMSEncryptionConfig");
            if (member.endsWith(".NoEncryptionConfig") ? ofKey : other.endsWith(".NoEncryptionConfig")) {
                return false;
            }
            boolean ofOrc = member.contains(".OrcSerDe.");
            if (other.contains(ofOrc ? ".ParquetSerDe." : ".OrcSerDe.")) {
                return false;
            }
            return member.startsWith(CONVERSION)
                    ? !other.equals("ExtendedS3.CompressionFormat")
                    : !other.startsWith(CONVERSION);
        }

        private ObjectNode request(Predicate<String> has) {
            ObjectNode request = JsonMapper.builder().build().createObjectNode();
            request.set(destination.locationName(), SampleConfiguration.of(structure(destination), path, has));
            return request;
        }

        private ObjectNode request(boolean other) {
            ObjectNode request = request(this::has);
            ObjectNode configuration = (ObjectNode) request.get(destination.locationName());
            SampleConfiguration.set(configuration, structure(destination), path, member, other);
            return request;
        }

        private DestinationForm form(ObjectNode request) {
            boolean creates = operation.equals(CREATE);
            return DestinationForm.of(
                    Members.of(request, WireFormat.JSON),
                    creates ? "Configuration" : "Update",
                    SETTINGS,
                    creates ? null : before());
        }

        /** What an update finds: the destination that was created with the first values. */
        private ObjectNode before() {
            SdkField<?> created = FirehoseShapes.destination(
                    CREATE, destination.locationName().replace("Update", "Configuration"));
            return new Probe(CREATE, created, path, member)
                    .form(new Probe(CREATE, created, path, member).request(this::has))
                    .given();
        }

        private void refused() {
            String named = rows.stream()
                    .filter(row -> row.has(member))
                    .findFirst()
                    .map(row -> row.pattern().replace(".*", ""))
                    .orElseThrow();
            assertThatThrownBy(() -> form(request(false)))
                    .isInstanceOf(AwsException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT))
                            .contains(
                                    named.substring(named.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
        }

        private void served() {
            Map<String, Object> first = meaning(form(request(false)));
            ObjectNode other = request(true);
            Throwable refusal = catchThrowable(() -> form(other));
            if (refusal == null) {
                assertThat(meaning(form(other))).isNotEqualTo(first);
            } else {
                assertThat(refusal).isInstanceOf(AwsException.class);
            }
        }

        private void noEffect() {
            DestinationForm first = form(request(false));
            DestinationForm other = form(request(true));
            assertThat(meaning(other)).isEqualTo(meaning(first));
            String name = member.substring(member.lastIndexOf('.') + 1);
            assertThat(other.given().findValues(name))
                    .as("what is told")
                    .isNotEqualTo(first.given().findValues(name));
        }
    }

    /** Returns all that a delivery is made of. */
    private static Map<String, Object> meaning(DestinationForm form) {
        Map<String, Object> meaning = new TreeMap<>(form.options());
        meaning.put("(url)", form.url());
        meaning.put("(schema)", String.valueOf(form.schema()));
        form.beside().forEach((part, beside) -> meaning.put("(" + part + ")", meaning(beside)));
        return meaning;
    }
}
