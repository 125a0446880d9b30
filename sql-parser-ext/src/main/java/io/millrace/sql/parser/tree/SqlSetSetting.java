package io.millrace.sql.parser.tree;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code SET name = value}, {@code SET name TO DEFAULT} and {@code RESET name}. */
public final class SqlSetSetting extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("SET", SqlKind.OTHER);

    private final SqlIdentifier name;
    private final @Nullable SqlNode value;

    public SqlSetSetting(SqlParserPos pos, SqlIdentifier name, @Nullable SqlNode value) {
        super(pos);
        this.name = name;
        this.value = value;
    }

    /** Returns the setting's name in lower case, its parts joined by dots; {@code all} for {@code RESET ALL}. */
    public String name() {
        return String.join(".", name.names).toLowerCase(Locale.ROOT);
    }

    /** Returns the value as text, several joined by commas; null sets it back to its default. */
    public @Nullable String value() {
        if (value == null) {
            return null;
        }
        return ((SqlNodeList) value).stream().map(SqlSetSetting::text).collect(Collectors.joining(", "));
    }

    private static String text(SqlNode node) {
        return node instanceof SqlIdentifier identifier
                ? String.join(".", identifier.names)
                : String.valueOf(((SqlLiteral) node).toValue());
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        if (value == null) {
            writer.keyword("RESET");
            writeName(writer);
            return;
        }
        writer.keyword("SET");
        writeName(writer);
        writer.keyword("=");
        SqlWriter.Frame frame = writer.startList("", "");
        for (SqlNode node : (SqlNodeList) value) {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    private void writeName(SqlWriter writer) {
        if (name().equals("all")) {
            writer.keyword("ALL");
        } else {
            name.unparse(writer, 0, 0);
        }
    }
}
