package io.millrace.connector.jdbc;

import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was refused of a batch, as the table of offsets has it.
 *
 * <pre>
 *   12 INVALID_VALUE duplicate+key…      a row, one a line
 *   * INVALID_VALUE AAgg…                where that gets long: all rows of a code, as bits, without their reasons
 * </pre>
 */
final class RefusalText {

    /** Most bytes of a text, so that a column of any database holds it. */
    static final int BYTES_MAX = 65_535;

    private static final String ALL = "*";
    private static final String TOO_MANY = "refused, as many others of its batch; the reasons were not noted";

    private RefusalText() {}

    static String of(List<Refusal> refusals) {
        StringBuilder text = new StringBuilder();
        for (Refusal refusal : refusals) {
            text.append(refusal.record())
                    .append(' ')
                    .append(refusal.code())
                    .append(' ')
                    .append(URLEncoder.encode(refusal.reason(), StandardCharsets.UTF_8))
                    .append('\n');
            if (text.length() > BYTES_MAX) {
                return shortened(refusals);
            }
        }
        return text.toString();
    }

    private static String shortened(List<Refusal> refusals) {
        Map<ErrorCode, BitSet> rows = new TreeMap<>();
        refusals.forEach(refusal ->
                rows.computeIfAbsent(refusal.code(), code -> new BitSet()).set(refusal.record()));
        StringBuilder text = new StringBuilder();
        rows.forEach((code, bits) -> text.append(ALL)
                .append(' ')
                .append(code)
                .append(' ')
                .append(Base64.getEncoder().encodeToString(bits.toByteArray()))
                .append('\n'));
        return text.toString();
    }

    static List<Refusal> refusals(String text) {
        List<Refusal> refusals = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ", 3);
            ErrorCode code = ErrorCode.valueOf(parts[1]);
            if (parts[0].equals(ALL)) {
                BitSet.valueOf(Base64.getDecoder().decode(parts[2])).stream()
                        .forEach(row -> refusals.add(new Refusal(row, code, TOO_MANY)));
            } else {
                refusals.add(new Refusal(
                        Integer.parseInt(parts[0]), code, URLDecoder.decode(parts[2], StandardCharsets.UTF_8)));
            }
        }
        return refusals;
    }
}
