package io.millrace.sql.define;

import io.millrace.plan.PlanNode;
import io.millrace.plan.StateTtl;
import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.error.SqlErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The hint {@code STATE_TTL('1 day')} behind the first SELECT of a query that goes on: how long state is kept for which no rows
 * come; and {@code STATE_TTL('orders' = '1 day')} behind any SELECT for that of single streams and views, by the names its FROM
 * gives them. Other hints are for other systems, and are passed over.
 */
final class StateTtlHint {

    private static final String NAME = "STATE_TTL";
    private static final String HINT =
            "write SELECT /*+ STATE_TTL('1 day') */ STREAM … behind the outermost SELECT, once, or STATE_TTL('orders'"
                    + " = '1 day', 'clicks' = '1 h')";

    private final SqlNode query;
    private final List<Named> named = new ArrayList<>();
    private long micros;

    /** A time for what a name stands for among the names of one FROM. */
    private record Named(NamedTables tables, String name, long micros) {}

    private StateTtlHint(SqlNode query) {
        this.query = query;
    }

    /**
     * Takes all hints out of a query, which means nothing without them.
     *
     * @throws MillraceException where it is said of another than the outermost SELECT, or not in this form
     */
    static StateTtlHint take(SqlNode query) {
        StateTtlHint taken = new StateTtlHint(query);
        SqlSelect outermost = outermost(query);
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.hasHints()) {
                    taken.read(select, select == outermost);
                    select.setHints(SqlNodeList.EMPTY);
                }
                return super.visit(call);
            }
        });
        return taken;
    }

    private static @Nullable SqlSelect outermost(SqlNode query) {
        return switch (query) {
            case SqlSelect select -> select;
            case SqlOrderBy order -> outermost(order.query);
            case SqlWith with -> outermost(with.body);
            default -> null;
        };
    }

    private void read(SqlSelect select, boolean outermost) {
        for (SqlNode node : java.util.Objects.requireNonNull(select.getHints())) {
            if (node instanceof SqlHint hint && hint.getName().equalsIgnoreCase(NAME)) {
                if (hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST) {
                    NamedTables tables = NamedTables.of(query, select);
                    hint.getOptionKVPairs()
                            .forEach((name, time) -> named.add(new Named(tables, name, micros(time, hint))));
                } else if (outermost && hint.getOptionList().size() == 1) {
                    micros = micros(hint.getOptionList().getFirst(), hint);
                    refuseNothing(hint);
                } else {
                    throw notUnderstood(hint);
                }
            }
        }
    }

    private static MillraceException notUnderstood(SqlHint hint) {
        return SqlErrors.invalid("STATE_TTL is not understood here", HINT, hint.getParserPosition());
    }

    /** Said of a stream, it means for ever, whatever is said of others. */
    private void refuseNothing(SqlHint hint) {
        if (micros == StateTtl.FOR_EVER) {
            throw SqlErrors.invalid("STATE_TTL is 0", HINT, hint.getParserPosition());
        }
    }

    private static long micros(String text, SqlHint hint) {
        Duration time;
        try {
            time = new Options(Map.of(NAME, text)).getDuration(NAME, Duration.ZERO);
        } catch (MillraceException e) {
            throw SqlErrors.invalid(NAME + " is '" + text + "'", HINT, hint.getParserPosition());
        }
        return Math.multiplyExact(time.toMillis(), 1000);
    }

    /** Refuses it where a query ends: nothing is kept longer than it runs. */
    void check(boolean endless) {
        if ((micros > 0 || !named.isEmpty()) && !endless) {
            throw SqlErrors.invalid(
                    "STATE_TTL is for queries that go on",
                    "write SELECT STREAM, or leave the hint out",
                    query.getParserPosition());
        }
    }

    /**
     * Returns what it means for the operators of the query.
     *
     * @throws MillraceException where it names what the query does not read
     */
    StateTtl of(PlanNode root) {
        if (named.isEmpty()) {
            return new StateTtl(micros, Map.of());
        }
        Set<String> read = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        streams(root, read);
        Map<String, Long> byStream = new TreeMap<>();
        named.forEach(said -> {
            Set<String> meant = new TreeSet<>(read);
            meant.removeIf(stream -> !said.tables.below(said.name).contains(stream));
            if (meant.isEmpty()) {
                throw SqlErrors.invalid(
                        "STATE_TTL names '" + said.name + "', which the query does not read",
                        "streams and views of the query: " + String.join(", ", read),
                        query.getParserPosition());
            }
            for (String stream : meant) {
                Long other = byStream.put(stream, said.micros);
                if (other != null && other != said.micros) {
                    throw SqlErrors.invalid(
                            "STATE_TTL names '" + stream + "' with two times, perhaps by two names",
                            "rows of a stream or view are kept equally long wherever it is read: give one time",
                            query.getParserPosition());
                }
            }
        });
        return new StateTtl(micros, byStream);
    }

    private static void streams(PlanNode node, Set<String> streams) {
        if (node instanceof PlanNode.Scan scan) {
            streams.add(scan.stream());
        }
        node.inputs().forEach(input -> streams(input, streams));
    }
}
