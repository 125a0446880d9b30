package io.millrace.runtime.expression;

import io.millrace.plan.expression.NumberPattern;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.Digests;
import io.millrace.runtime.expression.function.Encoding;
import io.millrace.runtime.expression.function.NumberReading;
import io.millrace.runtime.expression.function.NumberWriting;
import io.millrace.runtime.expression.function.Text;
import io.millrace.runtime.expression.function.TextLimits;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Text as String, taken apart by code points. */
final class InterpretedText {

    private InterpretedText() {}

    static Object call(ScalarFunction function, DataType type, @Nullable Object[] values) {
        return switch (function) {
            case CONCAT -> concat(values);
            case CHAR_LENGTH -> InterpretedNumbers.number(points(text(values, 0)).length, type);
            case OCTET_LENGTH -> InterpretedNumbers.number(bytes(values[0]).length, type);
            case UPPER -> text(values, 0).toUpperCase(Locale.ROOT);
            case LOWER -> text(values, 0).toLowerCase(Locale.ROOT);
            case INITCAP -> initcap(text(values, 0));
            case TRIM_BOTH -> trim(text(values, 0), text(values, 1), true, true);
            case TRIM_LEADING -> trim(text(values, 0), text(values, 1), true, false);
            case TRIM_TRAILING -> trim(text(values, 0), text(values, 1), false, true);
            case SUBSTRING -> substring(values);
            case POSITION -> InterpretedNumbers.number(position(text(values, 0), text(values, 1)), type);
            case OVERLAY -> overlay(values);
            case REPLACE -> replace(text(values, 0), text(values, 1), text(values, 2));
            case LIKE -> InterpretedLike.like(text(values, 0), text(values, 1), escape(values), false);
            case ILIKE -> InterpretedLike.like(text(values, 0), text(values, 1), escape(values), true);
            case LEFT -> left(points(text(values, 0)), number(values, 1));
            case RIGHT -> right(points(text(values, 0)), number(values, 1));
            case LPAD -> pad(values, true);
            case RPAD -> pad(values, false);
            case REPEAT -> repeat(text(values, 0), number(values, 1));
            case REVERSE -> new StringBuilder(text(values, 0)).reverse().toString();
            case SPLIT_PART -> part(text(values, 0), text(values, 1), number(values, 2));
            case STARTS_WITH -> text(values, 0).startsWith(text(values, 1));
            case MD5, SHA1, SHA224, SHA256, SHA384, SHA512 ->
                Digests.of(function, bytes(values[0]), type instanceof BinaryType);
            case ASCII -> InterpretedNumbers.number(ascii(text(values, 0)), type);
            case CHR -> character(number(values, 0));
            case TRANSLATE -> translate(text(values, 0), text(values, 1), text(values, 2));
            case ENCODE -> Encoding.named(text(values, 1)).encode(bytes(values[0]));
            case DECODE -> Encoding.named(text(values, 1)).decode(text(values, 0));
            case FORMAT_NUMBER -> NumberWriting.of(text(values, 1)).write((Number) Objects.requireNonNull(values[0]));
            case PARSE_NUMBER ->
                InterpretedNumbers.number(NumberReading.read(text(values, 0), NumberPattern.of(text(values, 1))), type);
            default -> throw new IllegalStateException("no interpreter for " + function);
        };
    }

    static String text(@Nullable Object[] values, int index) {
        return (String) Objects.requireNonNull(values[index]);
    }

    static long number(@Nullable Object[] values, int index) {
        return ((Number) Objects.requireNonNull(values[index])).longValue();
    }

    static @Nullable String escape(@Nullable Object[] values) {
        return values.length > 2 ? text(values, 2) : null;
    }

    private static int ascii(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    private static String character(long number) {
        boolean valid = number > 0
                && number <= Character.MAX_CODE_POINT
                && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE);
        if (!valid) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "there is no character " + number);
        }
        return Character.toString((int) number);
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    private static String string(int[] points, long from, long to) {
        int start = (int) Math.max(0, Math.min(points.length, from));
        int end = (int) Math.max(start, Math.min(points.length, to));
        return new String(points, start, end - start);
    }

    private static byte[] bytes(@Nullable Object value) {
        return value instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : (byte[]) Objects.requireNonNull(value);
    }

    private static Object concat(@Nullable Object[] values) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object value : values) {
            joined.writeBytes(bytes(value));
        }
        return values[0] instanceof String ? joined.toString(StandardCharsets.UTF_8) : joined.toByteArray();
    }

    private static String initcap(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int point : points(text)) {
            out.appendCodePoint(inside ? Character.toLowerCase(point) : Character.toUpperCase(point));
            inside = Character.isLetterOrDigit(point);
        }
        return out.toString();
    }

    private static String trim(String text, String characters, boolean leading, boolean trailing) {
        int[] points = points(text);
        int start = 0;
        int end = points.length;
        while (leading && start < end && characters.indexOf(points[start]) >= 0) {
            start++;
        }
        while (trailing && end > start && characters.indexOf(points[end - 1]) >= 0) {
            end--;
        }
        return string(points, start, end);
    }

    private static String substring(@Nullable Object[] values) {
        int[] points = points(text(values, 0));
        long start = number(values, 1);
        if (values.length == 2) {
            return string(points, start <= 0 ? 0 : start - 1, points.length);
        }
        long length = notNegative(number(values, 2), "length");
        // start and length may be far out; what counts lies within the text
        long end = start > 0 && length > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + length;
        return string(points, start <= 0 ? 0 : start - 1, end <= 0 ? 0 : end - 1);
    }

    private static long notNegative(long value, String what) {
        if (value < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative " + what + " " + value);
        }
        return value;
    }

    private static long position(String wanted, String text) {
        int at = text.indexOf(wanted);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    private static String overlay(@Nullable Object[] values) {
        int[] points = points(text(values, 0));
        String replacement = text(values, 1);
        long start = number(values, 2);
        if (start < 1) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "start " + start + " is before the text");
        }
        long length = values.length > 3 ? notNegative(number(values, 3), "length") : points(replacement).length;
        long rest = length > Long.MAX_VALUE - start ? Long.MAX_VALUE : start - 1 + length;
        return string(points, 0, start - 1) + replacement + string(points, rest, points.length);
    }

    /** Replaces each character by the one in its place; the first place counts, and where there is none it is left out. */
    private static String translate(String text, String from, String to) {
        int[] replacements = points(to);
        Map<Integer, Integer> places = new HashMap<>();
        int[] wanted = points(from);
        for (int i = 0; i < wanted.length; i++) {
            places.putIfAbsent(wanted[i], i);
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int point : points(text)) {
            int place = places.getOrDefault(point, -1);
            if (place < 0) {
                out.appendCodePoint(point);
            } else if (place < replacements.length) {
                out.appendCodePoint(replacements[place]);
            }
        }
        return out.toString();
    }

    private static String replace(String text, String wanted, String replacement) {
        if (wanted.isEmpty()) {
            return text;
        }
        long places = text.split(java.util.regex.Pattern.quote(wanted), -1).length - 1L;
        long length = bytes(text).length;
        // that of a replacement by nothing may pass a length in between, but never the one it had
        TextLimits.checkGrown(length + places * (bytes(replacement).length - bytes(wanted).length), length);
        return text.replace(wanted, replacement);
    }

    private static String left(int[] points, long count) {
        return string(points, 0, count >= 0 ? count : points.length + count);
    }

    private static String right(int[] points, long count) {
        return string(points, count >= 0 ? points.length - count : -Math.max(count, -Long.MAX_VALUE), points.length);
    }

    private static String pad(@Nullable Object[] values, boolean atLeft) {
        int[] points = points(text(values, 0));
        long length = number(values, 1);
        TextLimits.check(length);
        int[] filling = points(values.length > 2 ? text(values, 2) : " ");
        if (length <= points.length || filling.length == 0) {
            return string(points, 0, length);
        }
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < length - points.length; i++) {
            padding.appendCodePoint(filling[i % filling.length]);
        }
        return atLeft ? padding + text(values, 0) : text(values, 0) + padding;
    }

    private static String repeat(String text, long count) {
        if (count <= 0 || text.isEmpty()) {
            return "";
        }
        TextLimits.check(java.math.BigInteger.valueOf(count)
                .multiply(java.math.BigInteger.valueOf(bytes(text).length))
                .min(java.math.BigInteger.valueOf(Long.MAX_VALUE))
                .longValue());
        return text.repeat((int) count);
    }

    private static String part(String text, String separator, long place) {
        String[] parts =
                separator.isEmpty() ? new String[] {text} : text.split(java.util.regex.Pattern.quote(separator), -1);
        long number = Text.numberOfPart(place, parts.length);
        return number >= 1 && number <= parts.length ? parts[(int) number - 1] : "";
    }
}
