package io.millrace.format.avro.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.avro.registry.Framing.Frame;
import io.millrace.spi.error.RowFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** The bytes before data, as they are on the wire. */
class FramingTest {

    private static final UUID ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
    private static final byte[] DATUM = {2, 6, 'A', 'B', 'C'};

    private static byte[] joined(byte[] header, byte[] rest) {
        byte[] all = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, all, header.length, rest.length);
        return all;
    }

    private static byte[] datum(Frame frame) {
        return Arrays.copyOfRange(frame.bytes(), frame.from(), frame.to());
    }

    private static void assertHeader(SchemaId id, String bytes) {
        byte[] header = id.framing().header(id);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(header)).isEqualTo(bytes);
        byte[] record = joined(new byte[3], joined(header, DATUM));
        Frame frame = id.framing().read(record, 3, record.length);
        assertThat(frame.id()).isEqualTo(id);
        assertThat(datum(frame)).isEqualTo(DATUM);
    }

    @Test
    void headersAreAsTheRegistriesHaveThem() {
        assertHeader(SchemaId.ofNumber(0x01020304), "00 01 02 03 04");
        assertHeader(SchemaId.ofUuid(ID), "03 00 b7 b4 a7 f0 9c 96 4e 4a a6 87 fb 5d e9 ef 0c 63");
        assertHeader(SchemaId.ofFingerprint(0x0102030405060708L), "c3 01 08 07 06 05 04 03 02 01");
        assertHeader(SchemaId.UNSAID, "");
    }

    @Test
    void idsAreShownAsPeopleKnowThem() {
        assertThat(SchemaId.ofNumber(7)).hasToString("7");
        assertThat(SchemaId.ofUuid(ID)).hasToString(ID.toString());
        assertThat(SchemaId.ofFingerprint(255)).hasToString("00000000000000ff");
    }

    private static byte[] zlib(byte[] datum, int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < length; i += datum.length) {
                out.write(datum);
            }
        }
        byte[] header = Framing.GLUE.header(SchemaId.ofUuid(ID));
        header[1] = 5;
        return joined(header, packed.toByteArray());
    }

    @Test
    void gluesDataMayBeCompressed() throws IOException {
        byte[] record = zlib(DATUM, 1);
        assertThat(datum(Framing.GLUE.read(record, 0, record.length))).isEqualTo(DATUM);
        byte[] large = zlib(new byte[10_000], 1_000_000);
        assertThat(datum(Framing.GLUE.read(large, 0, large.length))).hasSize(1_000_000);
    }

    @Test
    void whatIsCompressedIsBoundedAndWhole() throws IOException {
        byte[] bomb = zlib(new byte[1 << 20], 65 << 20);
        assertFails(bomb, "it is more than 67108864 bytes when it is unpacked");
        byte[] record = zlib(DATUM, 1);
        assertFails(Arrays.copyOf(record, record.length - 3), "its zlib data ends too early");
        record[19] ^= 0x40;
        assertFails(record, "it is not zlib");
        record[1] = 7;
        assertFails(record, "compression 7");
    }

    private static void assertFails(byte[] record, String reason) {
        assertThatThrownBy(() -> Framing.GLUE.read(record, 0, record.length))
                .isInstanceOf(RowFailure.class)
                .hasMessageContaining(reason);
    }
}
