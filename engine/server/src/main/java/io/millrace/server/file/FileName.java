package io.millrace.server.file;

import io.millrace.spi.Options;
import java.util.Locale;

/** What a file's name says of what is in it. */
public final class FileName {

    private FileName() {}

    /** Returns the format that is said, or else the one that the file's name says. */
    public static String format(Options options, String file) {
        if (options.has("format")) {
            return options.get("format", "").toLowerCase(Locale.ROOT);
        }
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return switch (ending) {
            case "jsonl", "ndjson" -> "json";
            case "log", "txt" -> "lines";
            case "arrows" -> "arrow-stream";
            default -> ending;
        };
    }

    /** Returns whether the whole file is compressed. */
    static boolean compressed(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") || name.endsWith(".zst");
    }
}
