package io.millrace.server.http.query;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an answer's body may be. The first is what a client gets that does not care. */
enum AnswerFormat {
    NDJSON("ndjson", true, "application/x-ndjson", "application/jsonl"),
    CSV("csv", true, "text/csv"),
    ARROW_STREAM("arrow-stream", true, "application/vnd.apache.arrow.stream"),
    ARROW("arrow", false, "application/vnd.apache.arrow.file"),
    PARQUET("parquet", false, "application/vnd.apache.parquet");

    private final String label;
    private final boolean streams;

    @SuppressWarnings("ImmutableEnumChecker") // The list cannot be changed, and what it holds is immutable.
    private final List<MediaType> mediaTypes;

    AnswerFormat(String label, boolean streams, String... mediaTypes) {
        this.label = label;
        this.streams = streams;
        this.mediaTypes = Arrays.stream(mediaTypes).map(MediaType::parse).toList();
    }

    String label() {
        return label;
    }

    /** Returns whether a reader can use what has come before the end. */
    boolean streams() {
        return streams;
    }

    MediaType mediaType() {
        return this == CSV ? MediaType.CSV_UTF_8.withParameter("header", "present") : mediaTypes.getFirst();
    }

    /** Returns the format that a request names, or else the first that it accepts. */
    static AnswerFormat of(@Nullable String name, RequestHeaders headers) {
        if (name != null) {
            return named(name);
        }
        List<MediaType> accepted = headers.accept();
        if (accepted.isEmpty()) {
            return NDJSON;
        }
        List<MediaType> offered = Arrays.stream(values())
                .flatMap(format -> format.mediaTypes.stream())
                .toList();
        for (MediaType range : accepted) {
            for (MediaType offer : offered) {
                if (offer.belongsTo(range.withoutParameters())) {
                    return having(offer);
                }
            }
        }
        throw new RefusedException(
                HttpStatus.NOT_ACCEPTABLE,
                ErrorCode.INVALID_ARGUMENT,
                "no answer can be " + headers.get(HttpHeaderNames.ACCEPT),
                "accept " + offered.stream().map(MediaType::toString).collect(Collectors.joining(", ")));
    }

    private static AnswerFormat having(MediaType type) {
        return Arrays.stream(values())
                .filter(format -> format.mediaTypes.contains(type))
                .findFirst()
                .orElseThrow();
    }

    private static AnswerFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "there is no format '" + name + "' of answers",
                        "there are: "
                                + Arrays.stream(values())
                                        .map(AnswerFormat::label)
                                        .collect(Collectors.joining(", "))));
    }
}
