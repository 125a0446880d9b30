package io.millrace.sql.define;

import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.TableDefinition.DefaultValue;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import io.millrace.sql.lower.SqlConstants;
import io.millrace.sql.parser.tree.SqlCreateTable;
import io.millrace.sql.parser.tree.SqlPrimaryKey;
import io.millrace.sql.parser.tree.SqlTableColumn;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TABLE}. */
public final class TableStatements {

    private final Queries queries;

    public TableStatements(Queries queries) {
        this.queries = queries;
    }

    public Statement.CreateTable create(SqlCreateTable create, StatementSource source) {
        if (create.getReplace()) {
            throw SqlErrors.unsupported(
                    "CREATE OR REPLACE TABLE is not supported",
                    "drop the table first, or write CREATE TABLE IF NOT EXISTS",
                    create.getParserPosition());
        }
        List<SqlTableColumn> declared = create.columns();
        RowType named = columns(declared, List.of());
        List<Integer> key = key(create, named);
        RowType columns = columns(declared, key);
        Map<Integer, DefaultValue> defaults = new TreeMap<>();
        for (int i = 0; i < declared.size(); i++) {
            SqlNode value = declared.get(i).byDefault();
            if (value != null) {
                defaults.put(i, new DefaultValue(source.of(value), constant(value, columns.field(i))));
            }
        }
        TableDefinition table = new TableDefinition(create.name().names.getLast(), columns, key, defaults);
        return new Statement.CreateTable(table, create.ifNotExists());
    }

    private static RowType columns(List<SqlTableColumn> declared, List<Integer> key) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < declared.size(); i++) {
            SqlTableColumn column = declared.get(i);
            String name = column.name().getSimple();
            refuseName(name, column.getParserPosition());
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw SqlErrors.invalid(
                        "column '" + name + "' is declared twice",
                        "names that differ in case only are the same",
                        column.getParserPosition());
            }
            fields.add(new Field(name, DeclaredTypes.of(column.type()), column.nullable() && !key.contains(i)));
        }
        return new RowType(fields);
    }

    private static void refuseName(String name, SqlParserPos pos) {
        if (name.startsWith("$") || name.equalsIgnoreCase(SystemColumns.ROWTIME.name())) {
            throw SqlErrors.invalid(
                    "a column of a table cannot be named '" + name + "'",
                    "names with $ in front are Millrace's own, and ROWTIME is the time of a stream's row",
                    pos);
        }
    }

    private static List<Integer> key(SqlCreateTable create, RowType columns) {
        List<SqlIdentifier> names = keyNames(create);
        List<Integer> key = new ArrayList<>();
        for (SqlIdentifier name : names) {
            int place = Inserts.find(columns, name.getSimple());
            if (place < 0) {
                throw UnknownNames.column(
                        name.getSimple(),
                        columns.fields().stream().map(Field::name).toList(),
                        name.getParserPosition());
            }
            if (key.contains(place)) {
                throw SqlErrors.invalid(
                        "column '" + name.getSimple() + "' is in the PRIMARY KEY twice",
                        "name each column once",
                        name.getParserPosition());
            }
            refuseNested(columns.field(place), name.getParserPosition());
            key.add(place);
        }
        return key;
    }

    private static List<SqlIdentifier> keyNames(SqlCreateTable create) {
        List<List<SqlIdentifier>> keys = new ArrayList<>();
        create.columns().stream().filter(SqlTableColumn::key).forEach(column -> keys.add(List.of(column.name())));
        create.keys().stream().map(SqlPrimaryKey::columns).forEach(keys::add);
        if (keys.size() > 1) {
            throw SqlErrors.invalid(
                    "a table has one PRIMARY KEY",
                    "write PRIMARY KEY (a, b) for a key of several columns",
                    keys.get(1).getFirst().getParserPosition());
        }
        return keys.isEmpty() ? List.of() : keys.getFirst();
    }

    private static void refuseNested(Field column, SqlParserPos pos) {
        DataType type = column.type();
        if (type instanceof ArrayType || type instanceof MapType || type instanceof RowType) {
            throw SqlErrors.unsupported(
                    "column '" + column.name() + "' of the PRIMARY KEY is " + type,
                    "take columns of simple types as the key",
                    pos);
        }
    }

    /** Returns what DEFAULT says, in the column's type. */
    private Expression constant(SqlNode node, Field column) {
        Expression value = SqlConstants.find(node, column.type());
        if (value == null) {
            value = computed(node);
        }
        if (!Assignment.allowed(value, column.type())) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "column '" + column.name() + "' is " + column.type() + ", and its DEFAULT is " + value.type(),
                    "write a value of the column's type, or convert it with CAST",
                    node.getParserPosition());
        }
        return Assignment.put(value, column);
    }

    private Expression computed(SqlNode node) {
        SqlParserPos pos = node.getParserPosition();
        SqlNode row = SqlStdOperatorTable.VALUES.createCall(pos, SqlStdOperatorTable.ROW.createCall(pos, node));
        Queries.Lowered lowered = queries.lower(row, false, RowtimeWanted.NO, List.of());
        Expression value = single(lowered.node());
        if (value == null || !lowered.parameterTypes().isEmpty()) {
            throw notConstant(pos);
        }
        return value;
    }

    private static @Nullable Expression single(PlanNode node) {
        return switch (node) {
            case PlanNode.Values values -> values.rows().getFirst().getFirst();
            case PlanNode.Project project
            when project.input() instanceof PlanNode.Values ->
                project.expressions().getFirst();
            default -> null;
        };
    }

    private static MillraceException notConstant(SqlParserPos pos) {
        return SqlErrors.unsupported(
                "DEFAULT takes a constant", "write a value, or CURRENT_TIMESTAMP for the time of the statement", pos);
    }
}
