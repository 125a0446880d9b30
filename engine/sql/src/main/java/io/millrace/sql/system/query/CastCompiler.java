package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.sql.system.relation.Namespaces;
import io.millrace.sql.system.relation.ObjectName;
import io.millrace.sql.system.relation.PostgresType;
import io.millrace.sql.system.relation.PostgresTypes;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Compiles CAST. */
final class CastCompiler {

    private CastCompiler() {}

    static Expression compile(Expression operand, SqlDataTypeSpec target) {
        SqlTypeNameSpec spec = target.getTypeNameSpec();
        String name = spec.getTypeName().names.getLast().toLowerCase(Locale.ROOT);
        Expression named = objectName(operand, name);
        if (named != null) {
            return named;
        }
        DataType type = type(spec, name);
        if (type == null) {
            throw Failures.at(target, ErrorCode.UNDEFINED_NAME, "type \"" + name + "\" does not exist", null);
        }
        return new Expression(type, frame -> Casts.to(type, operand.value(frame)));
    }

    /** Casts to types of numbers that read as names: {@code 'pg_class'::regclass}, {@code 1259::regclass}. */
    private static @Nullable Expression objectName(Expression operand, String type) {
        return switch (type) {
            case "regclass" -> named(operand, CastCompiler::relation);
            case "regtype" -> named(operand, (context, value) -> type(value));
            case "regnamespace" -> named(operand, (context, value) -> namespace(value));
            case "regrole" -> named(operand, (context, value) -> role(context));
            case "regproc", "regprocedure", "regoper", "regoperator", "regconfig", "regdictionary" ->
                named(operand, (context, value) -> procedure(value));
            default -> null;
        };
    }

    @FunctionalInterface
    private interface Naming {
        ObjectName of(Context context, Object value);
    }

    private static Expression named(Expression operand, Naming naming) {
        return new Expression(DataType.VARCHAR, frame -> {
            Object value = operand.value(frame);
            return value == null || value instanceof ObjectName ? value : naming.of(frame.context(), value);
        });
    }

    private static boolean number(Object value) {
        return value instanceof Number || (value instanceof String s && s.matches("\\d+"));
    }

    private static ObjectName relation(Context context, Object value) {
        if (number(value)) {
            return CatalogFunctions.relation(context, Casts.oid(value));
        }
        ObjectName found = CatalogFunctions.relation(context, Values.text(value));
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME, "relation \"" + Values.text(value) + "\" does not exist");
        }
        return found;
    }

    private static ObjectName type(Object value) {
        if (number(value)) {
            return new ObjectName(Casts.oid(value), PostgresTypes.format(Casts.oid(value), null));
        }
        String name = Values.text(value);
        ObjectName found = CatalogFunctions.type(name.substring(name.lastIndexOf('.') + 1));
        if (found == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "type \"" + name + "\" does not exist");
        }
        return found;
    }

    private static ObjectName namespace(Object value) {
        for (Map.Entry<String, Long> schema : Namespaces.OIDS.entrySet()) {
            boolean same = number(value)
                    ? Casts.oid(value) == schema.getValue()
                    : schema.getKey().equals(Values.text(value));
            if (same) {
                return new ObjectName(schema.getValue(), schema.getKey());
            }
        }
        return new ObjectName(0, Values.text(value));
    }

    private static ObjectName role(Context context) {
        return new ObjectName(10, context.snapshot().session().user());
    }

    private static ObjectName procedure(Object value) {
        String name = Values.text(value);
        return new ObjectName(0, name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name);
    }

    private static @Nullable DataType type(SqlTypeNameSpec spec, String name) {
        if (spec instanceof SqlCollectionTypeNameSpec collection) {
            SqlTypeNameSpec element = collection.getElementTypeName();
            DataType type = type(element, element.getTypeName().names.getLast().toLowerCase(Locale.ROOT));
            return type == null ? null : new ArrayType(type, true);
        }
        if (spec instanceof SqlBasicTypeNameSpec basic) {
            return basic(basic);
        }
        PostgresType type = PostgresTypes.ofName(name);
        return type == null ? null : type.dataType();
    }

    private static @Nullable DataType basic(SqlBasicTypeNameSpec spec) {
        SqlTypeName type = SqlTypeName.get(spec.getTypeName().getSimple());
        if (type == null) {
            return null;
        }
        int precision = spec.getPrecision();
        return switch (type) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INTEGER;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.REAL;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case DECIMAL ->
                precision < 1
                        ? new DecimalType(DataType.DECIMAL_PRECISION_MAX, 10)
                        : new DecimalType(precision, Math.max(0, spec.getScale()));
            case CHAR -> new CharacterType(Math.max(1, precision), false);
            case VARCHAR -> precision < 0 ? DataType.VARCHAR : new CharacterType(precision, false);
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            default -> null;
        };
    }
}
