package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER DELIVERY name SET (option = value, …)} or {@code RESET (option, …)}: other options for a delivery that is there. */
public final class SqlAlterDeliveryOptions extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("ALTER DELIVERY", SqlKind.OTHER);

    private final SqlIdentifier name;
    private final SqlNodeList set;
    private final SqlNodeList reset;

    /**
     * @param set options and their values
     * @param reset names of options that are to be as where nothing is said
     */
    public SqlAlterDeliveryOptions(SqlParserPos pos, SqlIdentifier name, SqlNodeList set, SqlNodeList reset) {
        super(pos);
        this.name = name;
        this.set = set;
        this.reset = reset;
    }

    public SqlIdentifier name() {
        return name;
    }

    public List<SqlOption> set() {
        return set.stream().map(SqlOption.class::cast).toList();
    }

    /** Returns the names of options that are to be as where nothing is said, in lower case. */
    public List<String> reset() {
        return reset.stream().map(SqlOption::name).toList();
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, set, reset);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("ALTER DELIVERY");
        name.unparse(writer, 0, 0);
        writer.keyword(set.isEmpty() ? "RESET" : "SET");
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode option : set.isEmpty() ? reset : set) {
            writer.sep(",");
            option.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }
}
