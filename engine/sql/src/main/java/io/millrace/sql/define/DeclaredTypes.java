package io.millrace.sql.define;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.type.Types;
import io.millrace.sql.validate.FixedText;
import io.millrace.sql.validate.Validation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** Types as a declaration writes them. What is nested may be NULL. */
final class DeclaredTypes {

    private DeclaredTypes() {}

    static DataType of(SqlDataTypeSpec spec) {
        SqlTypeNameSpec name = spec.getTypeNameSpec();
        return switch (name) {
            case SqlRowTypeNameSpec row -> row(row);
            case SqlMapTypeNameSpec map -> new MapType(of(map.getKeyType()), of(map.getValType()), true);
            case SqlCollectionTypeNameSpec collection -> array(spec, collection);
            case SqlUserDefinedTypeNameSpec unknown ->
                throw SqlErrors.unsupported(
                        "no type named '" + unknown.getTypeName() + "'",
                        "use one of BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, CHAR, VARCHAR,"
                                + " BINARY, VARBINARY, DATE, TIME, TIMESTAMP, ARRAY, MAP, ROW",
                        spec.getParserPosition());
            default -> Types.fromCalcite(FixedText.mark(spec).deriveType(Validation.forTypes()));
        };
    }

    private static RowType row(SqlRowTypeNameSpec row) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < row.getFieldNames().size(); i++) {
            fields.add(Field.nullable(
                    row.getFieldNames().get(i).getSimple(),
                    of(row.getFieldTypes().get(i))));
        }
        return new RowType(fields);
    }

    private static DataType array(SqlDataTypeSpec spec, SqlCollectionTypeNameSpec collection) {
        if (collection.deriveType(Validation.forTypes()).getSqlTypeName() != SqlTypeName.ARRAY) {
            throw SqlErrors.unsupported("MULTISET is not supported", "use ARRAY", spec.getParserPosition());
        }
        return new ArrayType(of(new SqlDataTypeSpec(collection.getElementTypeName(), spec.getParserPosition())), true);
    }
}
