package io.millrace.sql.validate;

import io.millrace.sql.type.MillraceTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** Marks the CHAR(n) that a statement writes, as against the CHAR(n) that Calcite takes a text constant for. */
public final class FixedText {

    private FixedText() {}

    /** Returns the tree with its CHAR(n) types marked. */
    public static SqlNode mark(SqlNode tree) {
        SqlNode result = tree.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDataTypeSpec type) {
                return mark(type);
            }
        });
        return result == null ? tree : result;
    }

    /** Returns the type, marked where it is CHAR(n). */
    public static SqlDataTypeSpec mark(SqlDataTypeSpec type) {
        if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                && basic.getTypeName().getSimple().equalsIgnoreCase(SqlTypeName.CHAR.name())) {
            int length = Math.max(1, basic.getPrecision());
            return new SqlDataTypeSpec(new Spec(basic, length), null, type.getNullable(), type.getParserPosition());
        }
        return type;
    }

    private static final class Spec extends SqlTypeNameSpec {

        private final SqlBasicTypeNameSpec written;
        private final int length;

        Spec(SqlBasicTypeNameSpec written, int length) {
            super(written.getTypeName(), SqlParserPos.ZERO);
            this.written = written;
            this.length = length;
        }

        @Override
        public RelDataType deriveType(SqlValidator validator) {
            return ((MillraceTypeFactory) validator.getTypeFactory()).createFixedCharacterType(length);
        }

        @Override
        public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
            written.unparse(writer, leftPrec, rightPrec);
        }

        @Override
        public boolean equalsDeep(SqlTypeNameSpec spec, Litmus litmus) {
            return (spec instanceof Spec other && other.length == length) ? litmus.succeed() : litmus.fail(null);
        }
    }
}
