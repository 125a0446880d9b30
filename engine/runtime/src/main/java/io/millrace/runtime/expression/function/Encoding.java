package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as text, as PostgreSQL's ENCODE and DECODE have it. */
public enum Encoding {
    HEX {
        @Override
        public String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public byte[] decode(String text) {
            String digits = withoutBlanks(text);
            for (int i = 0; i < digits.length(); i++) {
                if (!HexFormat.isHexDigit(digits.charAt(i))) {
                    throw invalid("'" + digits.charAt(i) + "' is not a hexadecimal digit");
                }
            }
            if (digits.length() % 2 != 0) {
                throw invalid("an odd number of hexadecimal digits");
            }
            return HexFormat.of().parseHex(digits);
        }
    },
    /** In lines of 76 characters. */
    BASE64 {
        @Override
        public String encode(byte[] bytes) {
            return Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
        }

        @Override
        public byte[] decode(String text) {
            String characters = withoutBlanks(text);
            if (characters.length() % 4 != 0) {
                throw invalid("base64 that is cut off, or not filled up with '='");
            }
            try {
                return Base64.getDecoder().decode(characters);
            } catch (IllegalArgumentException e) {
                throw invalid("what is not base64");
            }
        }
    },
    /** ASCII as it is, a backslash doubled, all else as a backslash and three octal digits. */
    ESCAPE {
        @Override
        public String encode(byte[] bytes) {
            StringBuilder out = new StringBuilder();
            for (byte b : bytes) {
                if (b == '\\') {
                    out.append("\\\\");
                } else if (b <= 0) {
                    out.append(String.format(Locale.ROOT, "\\%03o", b & 0xFF));
                } else {
                    out.append((char) b);
                }
            }
            return out.toString();
        }

        @Override
        public byte[] decode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
            int at = 0;
            while (at < bytes.length) {
                if (bytes[at] != '\\') {
                    out.write(bytes[at++]);
                } else if (at + 1 < bytes.length && bytes[at + 1] == '\\') {
                    out.write('\\');
                    at += 2;
                } else {
                    out.write(octal(bytes, at + 1));
                    at += 1 + OCTAL_DIGITS;
                }
            }
            return out.toByteArray();
        }
    };

    private static final int LINE = 76;
    private static final int OCTAL_DIGITS = 3;

    public abstract String encode(byte[] bytes);

    /**
     * Returns the bytes of a text.
     *
     * @throws RowFailure with {@code INVALID_VALUE} where the text is not of this form
     */
    public abstract byte[] decode(String text);

    /**
     * Returns the encoding of a name, whatever the case.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where there is none
     */
    public static Encoding named(String name) {
        for (Encoding encoding : values()) {
            if (encoding.name().equalsIgnoreCase(name)) {
                return encoding;
            }
        }
        throw new RowFailure(
                ErrorCode.INVALID_ARGUMENT, "there is no encoding '" + name + "': it is hex, base64 or escape");
    }

    private static int octal(byte[] bytes, int start) {
        int value = 0;
        for (int i = start; i < start + OCTAL_DIGITS; i++) {
            int digit = i < bytes.length ? bytes[i] - '0' : -1;
            if (digit < 0 || digit > 7 || (i == start && digit > 3)) {
                throw invalid("a backslash before neither a backslash nor three octal digits");
            }
            value = value * 8 + digit;
        }
        return value;
    }

    private static String withoutBlanks(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars()
                .filter(c -> c != ' ' && c != '\n' && c != '\t' && c != '\r')
                .forEach(c -> out.append((char) c));
        return out.toString();
    }

    private static RowFailure invalid(String what) {
        return new RowFailure(ErrorCode.INVALID_VALUE, "DECODE of " + what);
    }
}
