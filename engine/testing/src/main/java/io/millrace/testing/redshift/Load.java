package io.millrace.testing.redshift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One load, done over the connection in the client's transaction. */
final class Load {

    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis());
    private static final Pattern COLUMN = Pattern.compile("line \\d+, column (\\w+)");

    private final Backend backend;
    private final LoadRequest request;
    private final boolean tellsErrors;
    private final long id = IDS.incrementAndGet();

    /** @param tellsErrors whether lines that are passed over are noted */
    Load(Backend backend, LoadRequest request, boolean tellsErrors) {
        this.backend = backend;
        this.request = request;
        this.tellsErrors = tellsErrors;
    }

    /** Loads and returns the failure, behind which the transaction is of no more use, or null. */
    @Nullable
    Message run(LoadedLines.Bucket bucket) throws IOException {
        String mistake = request.mistake();
        if (mistake != null) {
            return failed("42601", mistake);
        }
        List<String> lines;
        try {
            lines = LoadedLines.of(request, bucket);
        } catch (IOException e) {
            return failed("XX000", "S3ServiceException: " + e.getMessage());
        }
        return load(lines);
    }

    private @Nullable Message load(List<String> lines) throws IOException {
        backend.run("SAVEPOINT load");
        Message failure = backend.copy(request.fromStdin(), lines);
        long refused = 0;
        if (failure != null) {
            backend.run("ROLLBACK TO SAVEPOINT load");
            refused = loadEach(lines);
            if (refused >= request.errorsMax()) {
                return failed(
                        "XX000",
                        "Load into table '" + request.table()
                                + "' failed.  Check 'sys_load_error_detail' system table for details.");
            }
        }
        return backend.run("SELECT set_config('redshift.copy_id', '" + id + "', false),"
                + " set_config('redshift.copy_count', '" + (lines.size() - refused) + "', false)");
    }

    private long loadEach(List<String> lines) throws IOException {
        long refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            backend.run("SAVEPOINT line");
            Message failure = backend.copy(request.fromStdin(), List.of(lines.get(i)));
            if (failure != null) {
                backend.run("ROLLBACK TO SAVEPOINT line");
                refused++;
                note(i + 1, failure);
            }
            backend.run("RELEASE SAVEPOINT line");
        }
        return refused;
    }

    private void note(int line, Message failure) throws IOException {
        if (tellsErrors) {
            Matcher column = COLUMN.matcher(failure.field('W'));
            String name = column.find() ? column.group(1) : failure.field('c');
            backend.run("INSERT INTO sys_load_error_detail VALUES (" + id + ", " + line + ", '" + quoted(name) + "', '"
                    + quoted(failure.field('M')) + "')");
        }
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    /** Has the transaction fail as Redshift's does. */
    private Message failed(String state, String reason) throws IOException {
        backend.run("SELECT 1 / 0");
        return Message.failure(state, reason);
    }

    /** Returns what the client hears of a load. */
    static List<Message> answers(@Nullable Message failure, boolean described) {
        List<Message> answers = new ArrayList<>();
        if (failure != null) {
            answers.add(failure);
            return answers;
        }
        answers.add(Message.empty('1'));
        answers.add(Message.empty('2'));
        if (described) {
            answers.add(Message.empty('n'));
        }
        answers.add(Message.of('C', "COPY"));
        return answers;
    }
}
