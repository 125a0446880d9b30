package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code query EMIT [CHANGES] [ON WINDOW CLOSE | ON UPDATE | EVERY interval] [WITH LATENESS interval]}. */
public final class SqlEmit extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("EMIT", SqlKind.OTHER);

    private final SqlNode query;
    private final boolean changes;
    private final EmitTiming timing;
    private final @Nullable SqlNode interval;
    private final @Nullable SqlNode lateness;

    public SqlEmit(
            SqlParserPos pos,
            SqlNode query,
            boolean changes,
            EmitTiming timing,
            @Nullable SqlNode interval,
            @Nullable SqlNode lateness) {
        super(pos);
        this.query = query;
        this.changes = changes;
        this.timing = timing;
        this.interval = interval;
        this.lateness = lateness;
    }

    /** Returns the query of a statement without what it says of EMIT. */
    public static SqlNode query(SqlNode statement) {
        return statement instanceof SqlEmit emit ? emit.query : statement;
    }

    public SqlNode query() {
        return query;
    }

    /** Returns whether the changes are wanted in place of the rows. */
    public boolean changes() {
        return changes;
    }

    public EmitTiming timing() {
        return timing;
    }

    /** Returns the interval of {@link EmitTiming#EVERY}, or null. */
    public @Nullable SqlNode interval() {
        return interval;
    }

    public @Nullable SqlNode lateness() {
        return lateness;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        query.unparse(writer, 0, 0);
        writer.keyword(changes ? "EMIT CHANGES" : "EMIT");
        switch (timing) {
            case DEFAULT -> {}
            case ON_WINDOW_CLOSE -> writer.keyword("ON WINDOW CLOSE");
            case ON_UPDATE -> writer.keyword("ON UPDATE");
            case EVERY -> writer.keyword("EVERY");
        }
        if (interval != null) {
            interval.unparse(writer, 0, 0);
        }
        if (lateness != null) {
            writer.keyword("WITH LATENESS");
            lateness.unparse(writer, 0, 0);
        }
    }
}
