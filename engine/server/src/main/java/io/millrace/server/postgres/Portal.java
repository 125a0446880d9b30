package io.millrace.server.postgres;

import io.millrace.server.postgres.type.Formats;
import io.millrace.server.postgres.type.RowEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with its parameters, and its answer once it runs. */
final class Portal implements AutoCloseable {

    private final ParsedStatement statement;
    private final List<@Nullable Object> parameters;
    private final Formats formats;
    private @Nullable Answer answer;
    private @Nullable RowEncoder encoder;
    private @Nullable String tag;

    Portal(ParsedStatement statement, List<@Nullable Object> parameters, Formats formats) {
        this.statement = statement;
        this.parameters = parameters;
        this.formats = formats;
    }

    ParsedStatement statement() {
        return statement;
    }

    List<@Nullable Object> parameters() {
        return parameters;
    }

    Formats formats() {
        return formats;
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    void answer(Answer running) {
        answer = running;
    }

    @Nullable
    RowEncoder encoder() {
        return encoder;
    }

    void encoder(RowEncoder chosen) {
        encoder = chosen;
    }

    /** Ends the answer, once, and returns what was done. */
    String finish() {
        String done = tag;
        if (done == null) {
            done = answer == null ? "" : answer.finish();
            tag = done;
        }
        return done;
    }

    @Override
    public void close() {
        if (answer != null) {
            answer.close();
        }
    }
}
