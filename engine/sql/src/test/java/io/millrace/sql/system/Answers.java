package io.millrace.sql.system;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import io.millrace.sql.statement.CatalogSession;
import io.millrace.sql.statement.Prepared;
import io.millrace.sql.statement.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the sample catalog. */
final class Answers {

    static final CatalogSession SESSION =
            new CatalogSession("millrace", "millrace", Instant.parse("2026-01-02T03:04:05Z"));

    static final SystemCatalog CATALOG = new SystemCatalog(new SampleCatalog());

    private Answers() {}

    static Prepared prepare(String query) {
        try {
            return CATALOG.prepare(MillraceParser.parse(query), List.of());
        } catch (ParseFailure e) {
            throw new IllegalArgumentException(query, e);
        }
    }

    /** Returns the rows as text, columns parted by bars. */
    static List<String> rows(String query, @Nullable Object... parameters) {
        Statement.CatalogQuery statement =
                (Statement.CatalogQuery) prepare(query).statement();
        RowBatch batch = statement.answer().rows(SESSION, java.util.Arrays.asList(parameters));
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(JavaValues.row(batch, i).stream()
                    .map(value -> value == null ? "" : value.toString())
                    .collect(Collectors.joining("|")));
        }
        return rows;
    }
}
