package io.millrace.sql.define;

import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.error.SqlErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * The hint {@code STATE_TTL('1 day')} behind the first SELECT of a query that goes on: how long state is kept for which no
 * rows come. Other hints are for other systems, and are passed over.
 */
final class StateTtl {

    private static final String NAME = "STATE_TTL";
    private static final String HINT =
            "write SELECT /*+ STATE_TTL('1 day') */ STREAM …, once, behind the outermost SELECT";

    private StateTtl() {}

    /**
     * Takes all hints out of a query, which means nothing without them.
     *
     * @return microseconds, 0 where nothing is said
     * @throws MillraceException where it is said of another than the outermost SELECT, or not in this form
     */
    static long take(SqlNode query) {
        SqlSelect outermost = outermost(query);
        long[] micros = {0};
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.hasHints()) {
                    micros[0] = Math.max(micros[0], read(select, select == outermost));
                    select.setHints(SqlNodeList.EMPTY);
                }
                return super.visit(call);
            }
        });
        return micros[0];
    }

    private static @Nullable SqlSelect outermost(SqlNode query) {
        return switch (query) {
            case SqlSelect select -> select;
            case SqlOrderBy order -> outermost(order.query);
            case SqlWith with -> outermost(with.body);
            default -> null;
        };
    }

    private static long read(SqlSelect select, boolean outermost) {
        long micros = 0;
        for (SqlNode node : java.util.Objects.requireNonNull(select.getHints())) {
            if (node instanceof SqlHint hint && hint.getName().equalsIgnoreCase(NAME)) {
                List<String> values = hint.getOptionList();
                if (!outermost || values.size() != 1 || hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST) {
                    throw SqlErrors.invalid("STATE_TTL is not understood here", HINT, hint.getParserPosition());
                }
                micros = micros(values.getFirst(), hint);
            }
        }
        return micros;
    }

    private static long micros(String text, SqlHint hint) {
        Duration time;
        try {
            time = new Options(Map.of(NAME, text)).getDuration(NAME, Duration.ZERO);
        } catch (MillraceException e) {
            throw SqlErrors.invalid(NAME + " is '" + text + "'", HINT, hint.getParserPosition());
        }
        if (time.isZero()) {
            throw SqlErrors.invalid("STATE_TTL is 0", HINT, hint.getParserPosition());
        }
        return Math.multiplyExact(time.toMillis(), 1000);
    }

    /** Refuses it where a query ends: nothing is kept longer than it runs. */
    static void check(long micros, boolean endless, SqlNode query) {
        if (micros > 0 && !endless) {
            throw SqlErrors.invalid(
                    "STATE_TTL is for queries that go on",
                    "write SELECT STREAM, or leave the hint out",
                    query.getParserPosition());
        }
    }
}
