package io.millrace.sql.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's types as this language wants them. Text is Unicode, and a text constant is VARCHAR without a
 * length: were it CHAR, as the standard has it, results would be padded with blanks.
 */
public final class MillraceTypeFactory extends SqlTypeFactoryImpl {

    public MillraceTypeFactory() {
        super(new MillraceTypeSystem());
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision) {
        return name == SqlTypeName.CHAR ? createSqlType(SqlTypeName.VARCHAR) : super.createSqlType(name, precision);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** Returns CHAR(length), which only a declaration or a CAST asks for. */
    public RelDataType createFixedCharacterType(int length) {
        return createTypeWithCharsetAndCollation(
                super.createSqlType(SqlTypeName.CHAR, length),
                getDefaultCharset(),
                org.apache.calcite.sql.SqlCollation.IMPLICIT);
    }

    /** Returns a nested row whose fields are reached as {@code column.field}. */
    public RelDataType createRowType(List<RelDataTypeField> fields, boolean nullable) {
        return canonize(new RelRecordType(StructKind.PEEK_FIELDS_NO_EXPAND, fields, nullable));
    }
}
