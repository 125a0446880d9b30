package io.millrace.sql.statement;

import io.millrace.plan.Plan;
import io.millrace.spi.Options;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement asks for. */
public sealed interface Statement {

    /** Returns whether carrying it out changes what is stored or what there is. */
    default boolean writes() {
        return switch (this) {
            case Query query -> false;
            case CatalogQuery query -> false;
            case ShowObjects show -> false;
            case ShowWatermarks show -> false;
            case ShowCreate show -> false;
            case ShowSetting show -> false;
            case SetSetting set -> false;
            case Describe describe -> false;
            case Explain explain -> false;
            case ExplainAnalyze explain -> false;
            case ExplainRunning explain -> false;
            default -> true;
        };
    }

    /** {@code SELECT}, {@code VALUES}, {@code WITH}: rows by a plan, ending or endless. */
    record Query(Plan plan) implements Statement {}

    /**
     * A query over catalog relations ({@code pg_catalog}, {@code information_schema}) alone, or over no
     * relation at all. The sql room answers it by itself: these relations are small, in memory, and their
     * queries use all of SQL.
     */
    record CatalogQuery(Answer answer) implements Statement {

        /** Computes the rows anew at each call; parameters are in the form of JavaValues. */
        @FunctionalInterface
        public interface Answer {
            RowBatch rows(CatalogSession session, List<? extends @Nullable Object> parameters);
        }
    }

    /** {@code INSERT INTO stream VALUES …} or an ending query: columns as in {@link PumpDefinition}. */
    record Insert(String target, List<Integer> targetColumns, Plan plan) implements Statement {}

    /**
     * {@code INSERT}, {@code UPDATE} and {@code DELETE} of a table's rows.
     *
     * @param columns the table's columns, as the statement knows them
     * @param rows the query whose rows say what is changed, as the change has it
     * @param returning a query over the rows that were written, in the place of the table's, or null
     */
    record ChangeTable(
            String table,
            RowType columns,
            TableChange change,
            Plan rows,
            @Nullable Plan returning) implements Statement {}

    /** {@code TRUNCATE TABLE}: takes all rows out. */
    record TruncateTable(String table) implements Statement {}

    record CreateTable(TableDefinition table, boolean ifNotExists) implements Statement {}

    /** The table's columns are those declared, or none where its files are to say. */
    record CreateExternalTable(ExternalTable table, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreateStream(StreamDefinition stream, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreatePump(PumpDefinition pump, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreateView(ViewDefinition view, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreateStoredQuery(StoredQuery view, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreateDelivery(DeliveryDefinition delivery, boolean orReplace, boolean ifNotExists) implements Statement {}

    record CreateFunction(Source source, boolean orReplace, boolean ifNotExists) implements Statement {

        /** Where what it computes is written. */
        public sealed interface Source {
            String name();
        }

        /**
         * A class in a jar.
         *
         * @param checksum SHA-256 that the jar must have, in hexadecimal digits, or null for whatever it has
         */
        public record InJava(
                String name,
                String className,
                String path,
                @Nullable String checksum) implements Source {}

        /** An expression, or a query. */
        public record InSql(FunctionDefinition function) implements Source {
            @Override
            public String name() {
                return function.name();
            }
        }
    }

    record Drop(ObjectKind kind, String name, boolean ifExists) implements Statement {}

    /** {@code ALTER PUMP name START | STOP}. */
    record AlterPump(String name, boolean start) implements Statement {}

    /** {@code ALTER PUMP name AS INSERT INTO …}: another query; whether it runs stays as it is, whatever is said here. */
    record AlterPumpQuery(PumpDefinition pump) implements Statement {}

    /** Has a delivery that is there go on with another query, to where it goes and as it does. */
    record AlterDeliveryQuery(String name, DeliveredQuery query) implements Statement {}

    /**
     * Gives a delivery that is there other options; it goes on where it is.
     *
     * @param set options and their values
     * @param reset options that are to be as where nothing is said
     */
    record AlterDeliveryOptions(String name, Map<String, String> set, List<String> reset) implements Statement {}

    /** {@code SHOW STREAMS | TABLES | PUMPS | VIEWS | MATERIALIZED VIEWS | DELIVERIES | FUNCTIONS}; {@code VIEWS} are those of both kinds. */
    record ShowObjects(ObjectKind kind) implements Statement {}

    /** {@code SHOW WATERMARKS}: how far the time of each shard has come that something reads. */
    record ShowWatermarks() implements Statement {}

    /** {@code SHOW CREATE STREAM name} and its like for other kinds. */
    record ShowCreate(ObjectKind kind, String name) implements Statement {}

    /** {@code SHOW setting}. */
    record ShowSetting(String name) implements Statement {}

    /** {@code SET name = value}; null resets it. */
    record SetSetting(String name, @Nullable String value) implements Statement {}

    /** {@code DESCRIBE name}: the columns of a stream, table or view. */
    record Describe(String name) implements Statement {}

    /** {@code EXPLAIN statement}; {@code options} has {@code format} = text or json. */
    record Explain(Plan plan, Options options) implements Statement {}

    /**
     * {@code COPY stream [(columns)] FROM 'url'}: rows of files.
     *
     * @param columns of the stream, none for all
     * @param url of the files: a file, or a pattern with {@code *}
     */
    record CopyFiles(String target, List<String> columns, String url, Options options) implements Statement {
        public CopyFiles {
            columns = List.copyOf(columns);
        }
    }

    /** {@code EXPLAIN ANALYZE query}: runs a query that ends, and says what each operator did. */
    record ExplainAnalyze(Plan plan, Options options) implements Statement {}

    /**
     * {@code EXPLAIN PUMP name}, and likewise of views and deliveries.
     *
     * @param analyze whether it is to say what each operator has done, too
     */
    record ExplainRunning(ObjectKind kind, String name, boolean analyze, Options options) implements Statement {}

    /** What can be created and dropped. */
    enum ObjectKind {
        STREAM,
        TABLE,
        EXTERNAL_TABLE,
        PUMP,
        /** A materialized view. */
        VIEW,
        /** A view that stands for its query. */
        STORED_QUERY,
        DELIVERY,
        FUNCTION
    }
}
