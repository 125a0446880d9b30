package io.millrace.examples;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.StatementText;
import io.millrace.testing.function.FunctionJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a document on an engine of its own.
 *
 * <ul>
 *   <li>{@code sql run}: statements, in order; {@code sql fails}: one that must not work.
 *   <li>{@code result}: what the block before it answers.
 *   <li>{@code csv file=NAME} and its like: a file that {@code sh put} can name, or that lies in the lake.
 *   <li>{@code sql database=URL}: statements of a database that lies in the lake.
 *   <li>{@code java jar=NAME}: source of a jar that statements can name.
 *   <li>{@code sh put}: lines {@code ./millrace put STREAM FILE [--skip N]}.
 * </ul>
 *
 * Blocks with another info string are not run.
 */
final class DocumentRun implements AutoCloseable {

    /** Where documents deliver to; runs put a directory of theirs in its place. */
    private static final String LAKE = "file:///tmp/millrace-lake";

    private static final String DATABASE = "jdbc:duckdb:/tmp/millrace-lake";

    private static final String DATABASE_BLOCK = "sql database=";

    private static final String JAR = "java jar=";

    private static final String ONE_ROW = "one_row";
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final long ANSWER_NANOS_MAX = 20_000_000_000L;

    /** What runs in the background shows its effect in this time. */
    private static final long SETTLE_NANOS_MAX = 10_000_000_000L;

    private static final Pattern PUT = Pattern.compile("\\./millrace put (\\S+) (\\S+)(?: --skip (\\d+))?");

    private final Document document;
    private final Coverage coverage;
    private final boolean rewrite;
    private final String lake;
    private final Engine engine;
    private final SqlSession session;
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, Path> jars = new HashMap<>();
    private final Path directory;
    private final List<String> differences = new ArrayList<>();
    private boolean oneRow;

    DocumentRun(Document document, Path directory, InstantSource clock, Coverage coverage, boolean rewrite) {
        this.document = document;
        this.directory = directory;
        this.coverage = coverage;
        this.rewrite = rewrite;
        String uri = directory.resolve("lake").toUri().toString();
        this.lake = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        this.engine = Engine.open(directory.resolve("data"), clock);
        this.session = engine.open("millrace", "documents");
    }

    /** Runs all of it and returns what is not as the document says. */
    List<String> differences() {
        List<Document.Part> parts = document.parts();
        for (int i = 0; i < parts.size(); i++) {
            Document.Part next = i + 1 < parts.size() ? parts.get(i + 1) : null;
            switch (parts.get(i)) {
                case Document.Example example -> check(example);
                case Document.Block block
                when next instanceof Document.Block result && result.info().equals("result") -> check(block, result);
                case Document.Block block -> check(block);
            }
        }
        if (rewrite) {
            document.save();
        }
        return differences;
    }

    private void check(Document.Block block) {
        switch (block.info()) {
            case "sql run", "sql fails" -> {
                String answer = answer(block);
                if (answer.startsWith("ERROR") != block.info().equals("sql fails")) {
                    differ(block, block.text(), answer);
                }
            }
            case "sh put" -> put(block);
            default -> {
                if (block.info().startsWith(JAR)) {
                    String name = block.info().substring(JAR.length());
                    jars.put(name, FunctionJar.of(directory.resolve(name), block.text()));
                }
                if (block.info().startsWith(DATABASE_BLOCK)) {
                    database(block.info().substring(DATABASE_BLOCK.length()), block.text());
                }
                int file = block.info().indexOf(" file=");
                if (file >= 0) {
                    file(block.info().substring(file + " file=".length()), block.text());
                }
            }
        }
    }

    /** Keeps a file for {@code put}; one of the lake is written. */
    private void file(String name, String text) {
        files.put(name, text);
        if (("file://" + name).startsWith(LAKE)) {
            try {
                Path path = Path.of(URI.create(lake + ("file://" + name).substring(LAKE.length())));
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void database(String url, String statements) {
        try {
            Files.createDirectories(Path.of(URI.create(lake)));
            try (Connection connection = DriverManager.getConnection(placed(url));
                    Statement statement = connection.createStatement()) {
                statement.execute(statements);
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(url + ": " + e.getMessage(), e);
        }
    }

    private void check(Document.Block block, Document.Block result) {
        String answer = settledAnswer(block, result.text());
        boolean asMeant = answer.startsWith("ERROR") == block.info().equals("sql fails");
        if (rewrite && asMeant && !answer.equals(result.text())) {
            document.replace(result, answer);
        } else if (!asMeant || !answer.equals(result.text())) {
            differ(result, block.text() + "\n" + result.text(), answer);
        }
    }

    /** Runs a block until it answers as expected, or for a rewrite until it answers the same twice. */
    private String settledAnswer(Document.Block block, String expected) {
        long deadline = System.nanoTime() + SETTLE_NANOS_MAX;
        String answer = answer(block);
        boolean repeatable = session.split(block.text()).stream()
                .allMatch(statement -> statement.text().matches("(?is)\\s*(--.*\n)*(SELECT|SHOW|DESCRIBE|EXPLAIN).*"));
        while (repeatable && !answer.equals(expected) && System.nanoTime() < deadline) {
            pause();
            String again = answer(block);
            if (rewrite && again.equals(answer)) {
                return answer;
            }
            answer = again;
        }
        return answer;
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String answer(Document.Block block) {
        StringBuilder answers = new StringBuilder();
        try {
            for (StatementText statement : session.split(placed(block.text()))) {
                String answer = run(statement.text());
                answers.append(answers.isEmpty() || answer.isEmpty() ? "" : "\n\n")
                        .append(answer);
            }
        } catch (MillraceException e) {
            answers.append(answers.isEmpty() ? "" : "\n\n").append("ERROR: ").append(e.getMessage());
            if (e.hint() != null) {
                answers.append("\nHINT: ").append(e.hint());
            }
        } catch (RuntimeException e) {
            differ(block, block.text(), "a mistake in Millrace: " + e);
        }
        return answers.toString().replace(lake, LAKE).replace("jdbc:duckdb:" + Path.of(URI.create(lake)), DATABASE);
    }

    /** Puts what this run has in the place of what people have. */
    private String placed(String statements) {
        String placed = statements.replace(LAKE, lake).replace(DATABASE, "jdbc:duckdb:" + Path.of(URI.create(lake)));
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            placed = placed.replace("JAR '" + jar.getKey() + "'", "JAR '" + jar.getValue() + "'");
        }
        return placed;
    }

    private String run(String sql) {
        Prepared prepared = session.prepare(sql, List.of());
        coverage.note(prepared.statement());
        try (ResultCursor cursor = session.execute(prepared, List.of())) {
            if (cursor.rowType() == null) {
                return "";
            }
            TextTable table = new TextTable(Objects.requireNonNull(cursor.rowType()));
            long deadline = System.nanoTime() + ANSWER_NANOS_MAX;
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(WAIT);
                if (batch != null) {
                    table.add(batch);
                }
                if (System.nanoTime() > deadline) {
                    return table + "\nand more is awaited";
                }
            }
            return table.toString();
        }
    }

    /** An expression means the same by itself and over a stream: the two go different ways. */
    private void check(Document.Example example) {
        makeOneRow();
        String from = example.from().isEmpty() ? ONE_ROW : example.from();
        String value = valueOrError("SELECT " + example.expression() + " FROM " + from);
        if (rewrite && example.value().isEmpty() && !value.startsWith("ERROR")) {
            document.replace(example, value);
        } else if (!value.equals(example.value())) {
            differ(example, example.expression() + " over " + from + " → " + example.value(), value);
        }
        String alone = example.from().isEmpty() ? valueOrError("SELECT " + example.expression()) : value;
        if (!alone.equals(value)) {
            differ(example, example.expression() + " over " + from + " → " + value, alone + " without it");
        }
    }

    private String valueOrError(String sql) {
        try {
            return value(sql);
        } catch (MillraceException e) {
            return "ERROR: " + e.describe();
        } catch (RuntimeException e) {
            return "ERROR: a mistake in Millrace: " + e;
        }
    }

    private String value(String sql) {
        Prepared prepared = session.prepare(sql, List.of());
        coverage.note(prepared.statement());
        try (ResultCursor cursor = session.execute(prepared, List.of())) {
            DataType type = Objects.requireNonNull(cursor.rowType()).field(0).type();
            String value = "no row";
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(WAIT);
                if (batch != null && batch.selectedCount() > 0) {
                    value = literal(type, batch, batch.selectedRow(0));
                }
            }
            return value;
        }
    }

    private static String literal(DataType type, RowBatch batch, int row) {
        if (batch.column(0).isNull(row)) {
            return "NULL";
        }
        StringBuilder text = new StringBuilder();
        SqlText.append(type, batch.column(0), row, ZoneOffset.UTC, text);
        return type instanceof DataType.CharacterType
                ? "'" + text.toString().replace("'", "''") + "'"
                : text.toString();
    }

    private void makeOneRow() {
        if (!oneRow) {
            oneRow = true;
            run("CREATE STREAM " + ONE_ROW + " (n INTEGER)");
            run("INSERT INTO " + ONE_ROW + " VALUES (1)");
        }
    }

    private void put(Document.Block block) {
        block.text().lines().forEach(line -> {
            Matcher put = PUT.matcher(line);
            if (!put.matches() || !files.containsKey(put.group(2))) {
                differ(block, line, "not a put of a file that the document shows");
                return;
            }
            RecordBatch records = new RecordBatch();
            String text = Objects.requireNonNull(files.get(put.group(2)));
            text.lines()
                    .skip(put.group(3) == null ? 0 : Long.parseLong(put.group(3)))
                    .forEach(record ->
                            records.add("k".getBytes(StandardCharsets.UTF_8), record.getBytes(StandardCharsets.UTF_8)));
            engine.streams()
                    .log(put.group(1))
                    .shards()
                    .getFirst()
                    .append(records, null)
                    .join();
        });
    }

    private void differ(Document.Part part, String expected, String actual) {
        differences.add(document.place(part) + "\n" + expected + "\n---- but was\n" + actual + "\n");
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
