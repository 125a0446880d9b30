package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the entries of a log amount to, one after another. For one thread at a time. */
final class LogReplay {

    private final Map<String, Long> transactions = new TreeMap<>();
    private final Map<String, JsonNode> lastTransactions = new TreeMap<>();
    private final Map<String, JsonNode> domains = new TreeMap<>();
    private final @Nullable TableFiles files;
    private long version = -1;
    private String known = "";
    private byte @Nullable [] newest;
    private @Nullable JsonNode protocol;
    private @Nullable JsonNode metadata;

    /** @param files what is told of the table's files, which a writer need not know; null for nothing */
    LogReplay(@Nullable TableFiles files) {
        this.files = files;
    }

    /** Begins with what was known before. */
    static LogReplay after(TableState state) {
        LogReplay replay = new LogReplay(null);
        replay.version = state.version();
        replay.known = state.digest();
        replay.protocol = state.protocol();
        replay.metadata = state.metadata();
        replay.transactions.putAll(state.transactions());
        return replay;
    }

    /** Returns what is known once an entry is made behind a state. */
    static TableState after(TableState state, byte[] entry, String table) {
        LogReplay replay = after(state);
        replay.entry(state.version() + 1, entry);
        return replay.state(table);
    }

    /** Takes the actions of an entry, one a line. */
    void entry(long number, byte[] lines) {
        int start = 0;
        for (int at = 0; at <= lines.length; at++) {
            if (at == lines.length || lines[at] == '\n') {
                if (!isBlank(lines, start, at)) {
                    action(Json.read(lines, start, at - start, "entry " + number + " of the table's log"));
                }
                start = at + 1;
            }
        }
        version = number;
        newest = lines;
    }

    private static boolean isBlank(byte[] lines, int from, int to) {
        for (int i = from; i < to; i++) {
            if (lines[i] != ' ' && lines[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /**
     * Says that all actions of a checkpoint have come.
     *
     * @param entry the last entry that is in it; null where it was deleted
     */
    void checkpoint(long number, byte @Nullable [] entry) {
        version = number;
        newest = entry;
    }

    /** Returns what tells an entry from others that had its number; empty for none. */
    static String digest(byte @Nullable [] entry) {
        if (entry == null) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(entry));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void action(JsonNode action) {
        String kind = action.fieldNames().hasNext() ? action.fieldNames().next() : "";
        JsonNode content = action.path(kind);
        switch (kind) {
            case "protocol" -> protocol = content;
            case "metaData" -> metadata = content;
            case "txn" -> {
                String application = content.path("appId").asText();
                transactions.put(application, content.path("version").longValue());
                lastTransactions.put(application, content);
            }
            case "domainMetadata" -> domain(content);
            case "add", "remove" -> {
                if (files != null && content instanceof ObjectNode file) {
                    files.action(kind, file);
                }
            }
            default -> {
                // Of a change's own story, or of a feature that the protocol would name.
            }
        }
    }

    private void domain(JsonNode content) {
        String name = content.path("domain").asText();
        if (content.path("removed").booleanValue()) {
            domains.remove(name);
        } else {
            domains.put(name, content);
        }
    }

    Iterable<JsonNode> domains() {
        return domains.values();
    }

    Iterable<JsonNode> lastTransactions() {
        return lastTransactions.values();
    }

    /** Returns what a writer has to know. */
    TableState state(String table) {
        if (protocol == null || metadata == null) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the log of table '" + table + "' has no " + (protocol == null ? "protocol" : "metaData")
                            + " up to entry " + version,
                    "see whether entries were deleted that no checkpoint has");
        }
        return new TableState(version, protocol, metadata, transactions, newest == null ? known : digest(newest));
    }
}
