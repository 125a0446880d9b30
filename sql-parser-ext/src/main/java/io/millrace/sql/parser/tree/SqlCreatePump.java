package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code CREATE PUMP name [STARTED | STOPPED] AS INSERT INTO …}. */
public final class SqlCreatePump extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE PUMP", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final PumpState state;
    private final @Nullable SqlNode description;
    private final SqlNode insert;

    public SqlCreatePump(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            PumpState state,
            @Nullable SqlNode description,
            SqlNode insert) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.state = state;
        this.description = description;
        this.insert = insert;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    public PumpState state() {
        return state;
    }

    /** Returns the text literal after DESCRIPTION. */
    public @Nullable SqlNode description() {
        return description;
    }

    public SqlInsert insert() {
        return (SqlInsert) insert;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, description, insert);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "PUMP", ifNotExists, name);
        if (state != PumpState.DEFAULT) {
            writer.keyword(state.name());
        }
        Writing.description(writer, description);
        writer.keyword("AS");
        insert.unparse(writer, 0, 0);
    }
}
