package io.millrace.sql.parser.tree;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW setting}. */
public final class SqlShowSetting extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("SHOW", SqlKind.OTHER);

    private final SqlIdentifier name;

    public SqlShowSetting(SqlParserPos pos, SqlIdentifier name) {
        super(pos);
        this.name = name;
    }

    /** Returns the setting's name in lower case, its parts joined by dots; {@code all} for all of them. */
    public String name() {
        return String.join(".", name.names).toLowerCase(Locale.ROOT);
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("SHOW");
        if (name().equals("all")) {
            writer.keyword("ALL");
        } else {
            name.unparse(writer, 0, 0);
        }
    }
}
