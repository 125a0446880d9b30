package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which names are free, and how errors call what has one. */
final class CatalogNames {

    private final LiveCatalog catalog;

    CatalogNames(LiveCatalog catalog) {
        this.catalog = catalog;
    }

    /** Returns how something is spelled, or null where there is none of that name. */
    @Nullable
    String exact(ObjectKind kind, String name) {
        return switch (kind) {
            case STREAM -> catalog.streams.nameOf(name);
            case TABLE -> catalog.tables.nameOf(name);
            case PUMP -> catalog.pumps.nameOf(name);
            case VIEW -> catalog.views.nameOf(name);
            case STORED_QUERY -> catalog.storedQueries.nameOf(name);
            case DELIVERY -> catalog.deliveries.nameOf(name);
            case FUNCTION -> catalog.functions.nameOf(name);
            case EXTERNAL_TABLE -> catalog.externalTables.nameOf(name);
        };
    }

    /** Streams, tables and views share their names: a query must know which is meant. */
    void refuseTaken(String name) {
        if (ReadLogs.reserved(name)) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the name '" + name + "' is kept for Millrace itself",
                    "use another name");
        }
        if (catalog.stream(name) != null) {
            throw taken("stream", name, null);
        }
        refuseTakenByOthers(name);
    }

    /** Refuses a stream the name of what else queries can name. */
    void refuseTakenByOthers(String name) {
        if (catalog.table(name) != null) {
            throw taken("table", name, null);
        }
        if (catalog.view(name) != null) {
            throw taken("materialized view", name, null);
        }
        if (catalog.storedQuery(name) != null) {
            throw taken("view", name, null);
        }
        if (catalog.externalTable(name) != null) {
            throw taken("external table", name, null);
        }
    }

    /** What was there when a statement was planned may be gone, and a query of nothing could not be restored. */
    void requireRelations(Set<String> names) {
        for (String name : names) {
            if (catalog.stream(name) == null
                    && catalog.table(name) == null
                    && catalog.externalTable(name) == null
                    && catalog.view(name) == null
                    && catalog.storedQuery(name) == null) {
                throw missing("stream, table or view", name);
            }
        }
    }

    static void refuseBuiltIn(String stream) {
        if (stream.equals(ErrorStream.NAME)) {
            throw new MillraceException(ErrorCode.WRONG_STATE, "stream '" + stream + "' belongs to Millrace itself");
        }
    }

    static MillraceException taken(String what, String name, @Nullable String hint) {
        return new MillraceException(
                ErrorCode.DUPLICATE_NAME,
                "there is already " + (what.startsWith("e") ? "an " : "a ") + what + " '" + name + "'",
                hint);
    }

    static MillraceException missing(String what, String name) {
        return new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no " + what + " '" + name + "'");
    }

    static String word(ObjectKind kind) {
        return switch (kind) {
            case STREAM -> "stream";
            case TABLE -> "table";
            case PUMP -> "pump";
            case VIEW -> "materialized view";
            case STORED_QUERY -> "view";
            case DELIVERY -> "delivery";
            case FUNCTION -> "function";
            case EXTERNAL_TABLE -> "external table";
        };
    }
}
