package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code $1}, {@code $2}, …: a parameter that says its own place. */
public final class NumberedParameter extends SqlDynamicParam {

    /** Most parameters a statement may have: the wire protocol counts them in 16 bits. */
    public static final int PARAMETERS_MAX = 65_535;

    private NumberedParameter(int index, SqlParserPos pos) {
        super(index, pos);
    }

    /** Returns the parameter that an image such as {@code $1} means. */
    public static NumberedParameter of(String image, SqlParserPos pos) {
        String digits = image.substring(1);
        int number = digits.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (number < 1 || number > PARAMETERS_MAX) {
            throw MillraceSyntax.parameterOutOfRange(pos, PARAMETERS_MAX);
        }
        return new NumberedParameter(number - 1, pos);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.print("$" + (getIndex() + 1));
        writer.setNeedWhitespace(true);
    }
}
