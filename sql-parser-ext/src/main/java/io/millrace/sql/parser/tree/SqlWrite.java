package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT}, {@code UPDATE} or {@code DELETE} with what PostgreSQL adds to the standard: {@code ON CONFLICT},
 * {@code FROM} and {@code USING}, {@code RETURNING}.
 */
public final class SqlWrite extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("WRITE", SqlKind.OTHER);

    private final SqlNode statement;
    private final @Nullable SqlNode from;
    private final @Nullable SqlNode conflict;
    private final @Nullable SqlNodeList returning;

    public SqlWrite(
            SqlParserPos pos,
            SqlNode statement,
            @Nullable SqlNode from,
            @Nullable SqlNode conflict,
            @Nullable SqlNodeList returning) {
        super(pos);
        this.statement = statement;
        this.from = from;
        this.conflict = conflict;
        this.returning = returning;
    }

    /** Returns the statement as the standard has it: {@link SqlInsert}, {@link SqlUpdate} or {@link SqlDelete}. */
    public SqlNode statement() {
        return statement;
    }

    /** Returns what else is read, or null. */
    public @Nullable SqlNode from() {
        return from;
    }

    public @Nullable SqlOnConflict conflict() {
        return (SqlOnConflict) conflict;
    }

    /** Returns what is answered of each row that is written, or null. */
    public @Nullable SqlNodeList returning() {
        return returning;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(statement, from, conflict, returning);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        switch (statement) {
            case SqlUpdate update -> unparse(writer, update);
            case SqlDelete delete -> unparse(writer, delete);
            default -> statement.unparse(writer, 0, 0);
        }
        if (conflict != null) {
            conflict.unparse(writer, 0, 0);
        }
        if (returning != null) {
            writer.keyword("RETURNING");
            returning.unparse(writer, 0, 0);
        }
    }

    private void unparse(SqlWriter writer, SqlUpdate update) {
        writer.keyword("UPDATE");
        target(writer, update.getTargetTable(), update.getAlias());
        writer.keyword("SET");
        Writing.assignments(writer, update.getTargetColumnList(), update.getSourceExpressionList());
        unparse(writer, "FROM", update.getCondition());
    }

    private void unparse(SqlWriter writer, SqlDelete delete) {
        writer.keyword("DELETE FROM");
        target(writer, delete.getTargetTable(), delete.getAlias());
        unparse(writer, "USING", delete.getCondition());
    }

    private static void target(SqlWriter writer, SqlNode table, @Nullable SqlNode alias) {
        table.unparse(writer, 0, 0);
        if (alias != null) {
            writer.keyword("AS");
            alias.unparse(writer, 0, 0);
        }
    }

    private void unparse(SqlWriter writer, String word, @Nullable SqlNode where) {
        if (from != null) {
            writer.keyword(word);
            from.unparse(writer, 0, 0);
        }
        if (where != null) {
            writer.keyword("WHERE");
            where.unparse(writer, 0, 0);
        }
    }
}
