package io.millrace.examples.function;

import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.function.TransformedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sign-ups on their way into a lake: addresses of people are masked, those of tests left out, and files parted by the
 * domain of the address.
 *
 * <pre>
 *   CREATE FUNCTION masked AS 'io.millrace.examples.function.MaskedEmails' USING JAR 'functions.jar';
 *   CREATE DELIVERY sign_ups_masked FROM sign_ups TO 'file:///lake/sign-ups'
 *   WITH (format = 'json', transform = 'masked', prefix = '!{partitionKeyFromLambda:domain}/', error_output_prefix = 'bad/')
 * </pre>
 */
public final class MaskedEmails implements DeliveryFunction {

    private static final Pattern ADDRESS = Pattern.compile("([\\w.+-]+)@([\\w-]+(?:\\.[\\w-]+)+)");

    @Override
    public List<TransformedRecord> transform(List<ArrivedRecord> records) {
        return records.stream()
                .map(record -> masked(new String(record.data(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static TransformedRecord masked(String record) {
        Matcher address = ADDRESS.matcher(record);
        if (!address.find()) {
            return TransformedRecord.failed("no address");
        }
        String domain = address.group(2);
        if (domain.equals("example.org")) {
            return TransformedRecord.dropped();
        }
        String shown = address.replaceAll("***@$2");
        return TransformedRecord.ok(shown.getBytes(StandardCharsets.UTF_8), Map.of("domain", domain));
    }
}
