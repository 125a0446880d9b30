package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Text between two {@code $$}, as it stands. */
public final class SqlDollarQuote extends SqlCall {

    private static final String SIGN = "$$";
    private static final SqlOperator OPERATOR = new SqlSpecialOperator(SIGN, SqlKind.OTHER);

    private final String text;

    /**
     * Creates a text.
     *
     * @param token the text with its signs
     */
    public SqlDollarQuote(SqlParserPos pos, String token) {
        super(pos);
        this.text = token.substring(SIGN.length(), token.length() - SIGN.length());
    }

    /**
     * Returns the text in the place that it has in the statement, with blanks before it, so that what is said of a
     * place in it is said of the statement.
     */
    public String placed() {
        SqlParserPos pos = getParserPosition();
        return "\n".repeat(pos.getLineNum() - 1) + " ".repeat(pos.getColumnNum() - 1 + SIGN.length()) + text;
    }

    /** Returns what stands between the signs. */
    public String text() {
        return text;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of();
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.literal(SIGN + text + SIGN);
    }
}
