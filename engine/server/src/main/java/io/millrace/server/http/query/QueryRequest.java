package io.millrace.server.http.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param sql one statement
 * @param parameters its values as text, null for NULL
 * @param options everything else that the request names: settings, and options of the format
 */
record QueryRequest(String sql, List<@Nullable String> parameters, AnswerFormat format, Options options) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARAMETER = "param";
    private static final String FORMAT = "format";

    /**
     * Reads a request: its body is the statement, or, where it is JSON, an object with the member {@code sql}. What stands
     * behind the question mark of the address may as well be members of the object, and {@code param}s its member {@code
     * parameters}.
     */
    static QueryRequest of(AggregatedHttpRequest request, QueryParams query) {
        Map<String, String> options = new TreeMap<>();
        List<@Nullable String> parameters = new ArrayList<>();
        query.forEach((name, value) -> {
            if (name.equals(PARAMETER)) {
                parameters.add(value);
            } else if (options.put(name, value) != null) {
                throw invalid("'" + name + "' is given twice", "give it once");
            }
        });
        MediaType type = request.contentType();
        String sql = type != null && type.is(MediaType.JSON)
                ? readObject(request.contentUtf8(), options, parameters)
                : request.contentUtf8();
        AnswerFormat format = AnswerFormat.of(options.remove(FORMAT), request.headers());
        return new QueryRequest(sql, parameters, format, new Options(options));
    }

    /** Returns the request without an option, which counts as known. */
    QueryRequest without(String option) {
        return new QueryRequest(sql, parameters, format, options.without(option));
    }

    private static String readObject(String text, Map<String, String> options, List<@Nullable String> parameters) {
        JsonNode body;
        try {
            body = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(
                    "the body is not JSON: " + e.getOriginalMessage(), "or send the statement as it is, as text/plain");
        }
        if (!body.path("sql").isTextual()) {
            throw invalid("the body has no statement", "send {\"sql\": \"SELECT …\"}");
        }
        body.properties().forEach(member -> {
            JsonNode value = member.getValue();
            switch (member.getKey()) {
                case "sql" -> {}
                case "parameters" -> readParameters(value, parameters);
                default -> {
                    if (!value.isValueNode()) {
                        throw invalid("'" + member.getKey() + "' is no single value", "give a text or a number");
                    }
                    options.put(member.getKey(), value.asText());
                }
            }
        });
        return body.path("sql").textValue();
    }

    private static void readParameters(JsonNode values, List<@Nullable String> parameters) {
        if (!values.isArray()) {
            throw invalid("'parameters' is no array", "give an array of values, in the order of the statement");
        }
        parameters.clear();
        for (JsonNode value : values) {
            if (!value.isValueNode()) {
                throw invalid("parameter " + (parameters.size() + 1) + " is no single value", "give its text");
            }
            parameters.add(value.isNull() ? null : value.asText());
        }
    }

    private static MillraceException invalid(String message, String hint) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, message, hint);
    }
}
