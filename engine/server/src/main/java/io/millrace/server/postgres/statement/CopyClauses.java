package io.millrace.server.postgres.statement;

import io.millrace.server.postgres.copy.CopyOptions;
import io.millrace.server.postgres.copy.CopyOptions.Form;
import io.millrace.server.postgres.copy.CopyOptions.Header;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code STDIN} or {@code STDOUT}: options in parentheses, or the words of old. */
final class CopyClauses {

    private static final String TEXT_DELIMITERS_REFUSED = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

    private final Scanner scanner;
    private final Set<String> given = new HashSet<>();
    private Form form = Form.TEXT;
    private Header header = Header.NONE;
    private @Nullable String delimiter;
    private @Nullable String nullText;
    private @Nullable String quote;
    private @Nullable String escape;
    private List<String> forceQuote = List.of();
    private List<String> forceNotNull = List.of();
    private List<String> forceNull = List.of();

    CopyClauses(Scanner scanner) {
        this.scanner = scanner;
    }

    CopyOptions read() {
        scanner.accept("with");
        if (scanner.accept("(")) {
            do {
                option();
            } while (scanner.accept(","));
            scanner.expect(")");
        } else {
            while (!scanner.atEnd() && !scanner.at("where")) {
                clause();
            }
        }
        if (scanner.at("where")) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, "COPY … WHERE is not supported", "filter with a pump or a view");
        }
        scanner.end();
        return options();
    }

    private void option() {
        String name = scanner.name();
        once(name);
        switch (name) {
            case "format" -> form = form(value());
            case "header" -> header = header();
            case "delimiter" -> delimiter = value();
            case "null" -> nullText = value();
            case "quote" -> quote = value();
            case "escape" -> escape = value();
            case "force_quote" -> forceQuote = columns();
            case "force_not_null" -> forceNotNull = columns();
            case "force_null" -> forceNull = columns();
            case "encoding" -> encoding(value());
            case "freeze" -> {
                if (!scanner.at(",") && !scanner.at(")")) {
                    scanner.take();
                }
            }
            default -> throw new MillraceException(ErrorCode.SYNTAX_ERROR, "option \"" + name + "\" not recognized");
        }
    }

    /** One of the words that PostgreSQL had before it had options. */
    private void clause() {
        String name = scanner.name();
        if (name.equals("force")) {
            force();
            return;
        }
        once(name);
        switch (name) {
            case "binary" -> form = Form.BINARY;
            case "csv" -> form = Form.CSV;
            case "header" -> header = Header.YES;
            case "delimiter", "delimiters" -> delimiter = afterAs();
            case "null" -> nullText = afterAs();
            case "quote" -> quote = afterAs();
            case "escape" -> escape = afterAs();
            case "encoding" -> encoding(value());
            case "freeze" -> {
                // Nothing is ever frozen.
            }
            default -> throw new MillraceException(ErrorCode.SYNTAX_ERROR, "syntax error at or near \"" + name + "\"");
        }
    }

    private void force() {
        if (scanner.accept("quote")) {
            forceQuote = columns();
        } else if (scanner.accept("not")) {
            scanner.expect("null");
            forceNotNull = columns();
        } else {
            scanner.expect("null");
            forceNull = columns();
        }
    }

    private void once(String name) {
        if (!given.add(name)) {
            throw new MillraceException(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options: " + name);
        }
    }

    private String afterAs() {
        scanner.accept("as");
        return value();
    }

    private String value() {
        return scanner.string();
    }

    private Header header() {
        if (scanner.at(",") || scanner.at(")")) {
            return Header.YES;
        }
        String value = scanner.take().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "match" -> Header.MATCH;
            case "true", "on", "1" -> Header.YES;
            case "false", "off", "0" -> Header.NONE;
            default ->
                throw new MillraceException(
                        ErrorCode.SYNTAX_ERROR, "header requires a Boolean value or \"match\"", null);
        };
    }

    private List<String> columns() {
        if (scanner.accept("*")) {
            return CopyOptions.ALL;
        }
        boolean parentheses = scanner.accept("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(scanner.name());
        } while (scanner.accept(","));
        if (parentheses) {
            scanner.expect(")");
        }
        return names;
    }

    private static Form form(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "text" -> Form.TEXT;
            case "csv" -> Form.CSV;
            case "binary" -> Form.BINARY;
            default -> throw invalid("COPY format \"" + name + "\" not recognized", "use text, csv or binary");
        };
    }

    private static void encoding(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "");
        if (!plain.equals("utf8") && !plain.equals("unicode")) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "encoding " + name + " is not supported", "use UTF8");
        }
    }

    private CopyOptions options() {
        CopyOptions plain = CopyOptions.of(form);
        check();
        return new CopyOptions(
                form,
                header,
                delimiter == null ? plain.delimiter() : single("delimiter", delimiter),
                nullText == null ? plain.nullText() : nullText,
                quote == null ? plain.quote() : single("quote", quote),
                escape != null ? single("escape", escape) : quote != null ? single("quote", quote) : plain.escape(),
                forceQuote,
                forceNotNull,
                forceNull);
    }

    private void check() {
        boolean quotes = quote != null || escape != null || !forceQuote.isEmpty();
        boolean nulls = !forceNotNull.isEmpty() || !forceNull.isEmpty();
        if (form != Form.CSV && (quotes || nulls)) {
            throw unsupported("QUOTE, ESCAPE and FORCE_… are available only in CSV mode");
        }
        if (form == Form.BINARY && (delimiter != null || nullText != null || header != Header.NONE)) {
            throw unsupported("DELIMITER, NULL and HEADER are not available in BINARY mode");
        }
        CopyOptions plain = CopyOptions.of(form);
        byte between = delimiter == null ? plain.delimiter() : single("delimiter", delimiter);
        byte around = quote == null ? plain.quote() : single("quote", quote);
        if (form == Form.TEXT && TEXT_DELIMITERS_REFUSED.indexOf(between) >= 0) {
            throw invalid("COPY delimiter cannot be \"" + (char) between + "\"", null);
        }
        if (form == Form.CSV && between == around) {
            throw invalid("COPY delimiter and quote must be different", null);
        }
        String nulled = nullText == null ? plain.nullText() : nullText;
        if (nulled.indexOf('\n') >= 0 || nulled.indexOf('\r') >= 0) {
            throw invalid("COPY null representation cannot use newline or carriage return", null);
        }
        if (form != Form.BINARY && nulled.indexOf(between) >= 0) {
            throw invalid("COPY delimiter must not appear in the NULL specification", null);
        }
        if (form == Form.CSV && nulled.indexOf(around) >= 0) {
            throw invalid("CSV quote character must not appear in the NULL specification", null);
        }
    }

    private static byte single(String option, String value) {
        if (value.length() != 1 || value.charAt(0) > 127 || value.charAt(0) == '\n' || value.charAt(0) == '\r') {
            throw invalid("COPY " + option + " must be a single one-byte character, and no line end", null);
        }
        return (byte) value.charAt(0);
    }

    static MillraceException notAvailable(String option, String statement) {
        return unsupported(option + " is not available with " + statement);
    }

    private static MillraceException unsupported(String message) {
        return new MillraceException(ErrorCode.UNSUPPORTED, message);
    }

    private static MillraceException invalid(String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, message, hint);
    }
}
