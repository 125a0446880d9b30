package io.millrace.sql.parser.tree;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One {@code name = value} of a {@code WITH (…)}. */
public final class SqlOption extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("OPTION", SqlKind.OTHER);

    private final SqlNode name;
    private final SqlNode value;

    public SqlOption(SqlParserPos pos, SqlNode name, SqlNode value) {
        super(pos);
        this.name = name;
        this.value = value;
    }

    /** Returns the name in lower case, its parts joined by dots. */
    public String name() {
        return name(name);
    }

    /** Returns an option's name likewise. */
    static String name(SqlNode name) {
        String text = name instanceof SqlIdentifier identifier ? String.join(".", identifier.names) : text(name);
        return text.toLowerCase(Locale.ROOT);
    }

    /** Returns the value as text: {@code '10'} and {@code 10} are the same. */
    public String value() {
        return text(value);
    }

    /** Returns the value's node, for its position. */
    public SqlNode valueNode() {
        return value;
    }

    private static String text(SqlNode literal) {
        return String.valueOf(((SqlLiteral) literal).toValue());
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        name.unparse(writer, 0, 0);
        writer.keyword("=");
        value.unparse(writer, 0, 0);
    }
}
