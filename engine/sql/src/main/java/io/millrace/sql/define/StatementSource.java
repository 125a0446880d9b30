package io.millrace.sql.define;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The text a tree was read from, for what must be kept as it was written. */
public final class StatementSource {

    private final String text;

    public StatementSource(String text) {
        this.text = text;
    }

    /** Returns the text of a part. */
    String of(SqlNode node) {
        SqlParserPos pos = node.getParserPosition();
        return text.substring(
                offset(pos.getLineNum(), pos.getColumnNum()),
                Math.min(text.length(), offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1));
    }

    /** Returns the text from a part on to the statement's end. */
    String from(SqlNode node) {
        SqlParserPos pos = node.getParserPosition();
        return text.substring(offset(pos.getLineNum(), pos.getColumnNum())).strip();
    }

    private int offset(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + column - 1;
    }
}
