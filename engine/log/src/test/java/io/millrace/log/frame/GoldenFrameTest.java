package io.millrace.log.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of frames, which files that exist hold for ever. */
class GoldenFrameTest {

    private static final String RECORDS = """
        4d5246319375f2298000000058000000
        03010100030000002900000000000000
        40420f00000000000000000000000080
        07000000000000000000000058000000
        5800000028000000c7bde2b600000000
        0400000070756d700200000002000000
        03000000050000000700000007000000
        6b316b68656c6c6f776f000000000000
        """;

    private static final String ROWS = """
        4d524631ca483b4068010000a0000000
        04020600020000000500000000000000
        80841e00000000006300000000000000
        0000000000000000c8000000e8030000
        a000000010000000f3ec0da200000000
        b000000018000000b4d6004d00000000
        c800000020000000f3682b2c00000000
        e80000002800000095af9f8b00000000
        1001000038000000a10ee95800000000
        4801000020000000e831d7df00000000
        10000000000000000100000002000000
        18000000010000000100000000000000
        01000000000000002000000000000000
        00000000020000000300000000000000
        61626300000000002800000000000000
        ffffffffffffffff0100000000000000
        ffffffffffffffff0100000000000000
        38000000000000000000000002000000
        02000000000000002000000001000000
        01000000000000000500000000000000
        00000000000000002000000000000000
        00000000010000000300000000000000
        78797a0000000000
        """;

    private static final String SCHEMA = """
        4d5246315a3d5f0d7000000050000000
        02000100000000000500000000000000
        80841e00000000000000000000000080
        000000000000000000000000e8030000
        5000000020000000bbef411f00000000
        52000000020002696400490000004000
        0170014e000000090000000200000000
        """;

    private static final String SEGMENT = """
        4d524631cea3dc7c7800000050000000
        0100010000000000e803000000000000
        80841e00000000000000000000000080
        00000000000000000000000000000000
        5000000028000000c3f49b1000000000
        0200000000000000ffffffffffffffff
        01000000610700000000000000040000
        0070756d70000000
        """;

    @Test
    void recordsFrame() {
        RecordBatch records = new RecordBatch();
        records.add(utf8("k1"), utf8("hello")).add(utf8(""), utf8("wo")).add(utf8("k"), utf8(""));
        Frame frame = RecordsSection.frame(records, new ProducerStep("pump", 7));
        frame.place(41, 1_000_000, 0, 88);
        assertHex(frame, RECORDS);
    }

    @Test
    void rowsFrame() {
        RowType type = RowType.of(
                Field.required("id", DataType.INTEGER),
                Field.nullable("ok", DataType.BOOLEAN),
                Field.nullable("name", DataType.VARCHAR),
                Field.nullable("wide", new DecimalType(20, 0)),
                Field.nullable("tags", new ArrayType(DataType.BIGINT, true)));
        RowBatch rows = RowBatch.create(type, 2);
        JavaValues.append(rows, Arrays.asList(1, true, "ab", new BigDecimal("-1"), Arrays.asList(5L, null)));
        JavaValues.append(rows, Arrays.asList(2, null, "c", new BigDecimal("18446744073709551617"), List.of()));
        BytesColumn keys = new BytesColumn(2);
        keys.append(0, "x");
        keys.append(1, "yz");
        Frame frame = RowsFrame.frame(rows, keys, 99, null);
        frame.place(5, 2_000_000, 200, 1000);
        assertHex(frame, ROWS);
    }

    @Test
    void schemaFrame() {
        Frame frame = SchemaFrame.frame(
                RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("p", new DecimalType(9, 2))));
        frame.place(5, 2_000_000, 0, 1000);
        assertHex(frame, SCHEMA);
    }

    @Test
    void segmentFrame() {
        Frame frame = SegmentFrame.frame(Map.of("pump", 7L, "a", -1L));
        frame.place(1000, 2_000_000, 0, 0);
        assertHex(frame, SEGMENT);
    }

    @Test
    void aFrameIsCheckedInAllItsBytes() {
        RecordBatch records = new RecordBatch().add(utf8("key"), utf8("payload"));
        Frame frame = RecordsSection.frame(records, null);
        frame.place(0, 0, 0, 0);
        byte[] whole = bytes(frame);
        assertThat(problem(whole)).isNull();
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            assertThat(problem(changed)).as("byte " + i).isNotNull();
        }
    }

    private static String problem(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        FrameHead head = new FrameHead().wrap(bytes, 0);
        String problem = head.checkLengths(frame.length);
        problem = problem == null ? head.checkHead() : problem;
        problem = problem == null ? head.checkSections() : problem;
        return problem == null && head.frameBytes() != frame.length ? "another length" : problem;
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.length()];
        frame.bytes().get(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertHex(Frame frame, String expected) {
        String hex = HexFormat.of()
                        .formatHex(bytes(frame))
                        .replaceAll("(.{32})", "$1\n")
                        .strip() + "\n";
        assertThat(problem(bytes(frame))).isNull();
        assertThat(hex).isEqualTo(expected);
    }
}
