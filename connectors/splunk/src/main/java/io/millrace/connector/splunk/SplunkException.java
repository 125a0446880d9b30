package io.millrace.connector.splunk;

import io.millrace.connector.http.CallFailedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A batch that a collector did not take, in the words of Data Firehose as well. */
final class SplunkException extends IOException {

    private static final long serialVersionUID = 1;

    private final String name;

    /** @param name what Data Firehose calls it, without {@code Splunk.} in front */
    SplunkException(String name, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /** Returns what Data Firehose calls a failure, such as {@code Splunk.AckTimeout}. */
    static String name(IOException failure) {
        return "Splunk."
                + switch (failure) {
                    case SplunkException own -> own.name;
                    case CallFailedException call ->
                        switch (call.kind()) {
                            case UNREACHABLE, TIMEOUT -> "ConnectionTimeout";
                            case RESET -> "ConnectionClosed";
                            case TOO_LONG, INVALID, REFUSED -> "ServerError";
                        };
                    default -> "ServerError";
                };
    }
}
