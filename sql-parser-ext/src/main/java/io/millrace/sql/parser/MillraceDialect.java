package io.millrace.sql.parser;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlDialect;

/** Writes trees in the SQL that {@link MillraceParser} reads. */
final class MillraceDialect extends SqlDialect {

    static final MillraceDialect INSTANCE = new MillraceDialect();

    private MillraceDialect() {
        super(EMPTY_CONTEXT
                .withIdentifierQuoteString("\"")
                .withUnquotedCasing(Casing.UNCHANGED)
                .withQuotedCasing(Casing.UNCHANGED)
                .withCaseSensitive(false));
    }

    @Override
    public boolean supportsCharSet() {
        return false;
    }
}
