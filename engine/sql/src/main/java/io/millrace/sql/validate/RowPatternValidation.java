package io.millrace.sql.validate;

import io.millrace.plan.MatchedRows;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.AllRowsPerMatch;
import io.millrace.sql.parser.tree.SqlAllRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.MatchRecognizeScope;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;

/**
 * Checks MATCH_RECOGNIZE by the standard's rules, which Calcite's are not in all: its measures may look before and behind
 * matched rows, and conditions may name SUBSETs.
 */
final class RowPatternValidation {

    private final MillraceValidator validator;
    private final SqlMatchRecognize match;
    private final MatchRecognizeScope scope;
    private final Set<String> variables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> unions = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    RowPatternValidation(MillraceValidator validator, SqlMatchRecognize match) {
        this.validator = validator;
        this.match = match;
        this.scope = (MatchRecognizeScope) validator.getMatchRecognizeScope(match);
    }

    /** Returns the type of its rows, once all is found to be right. */
    RelDataType validate() {
        List<RowPatternPartition.Key> partition = new RowPatternPartition(validator, scope).keys(match);
        List<SqlIdentifier> order = columns(match.getOrderList());
        collectVariables();
        rowsPerMatch();
        subsets();
        within(order);
        definitions();
        if (match.getAfter() instanceof SqlCall skip) {
            known(skip.operand(0));
        }
        List<RelDataTypeField> measures = measures();
        return rowType(partition, order, measures);
    }

    static boolean allRows(SqlMatchRecognize match) {
        SqlLiteral rows = match.getRowsPerMatch();
        return rows != null && rows.getValue() == SqlMatchRecognize.RowsPerMatchOption.ALL_ROWS;
    }

    private List<SqlIdentifier> columns(SqlNodeList nodes) {
        List<SqlIdentifier> columns = new ArrayList<>();
        for (SqlNode node : nodes) {
            SqlNode column = column(node);
            if (!(column instanceof SqlIdentifier identifier)) {
                throw SqlErrors.unsupported(
                        "ORDER BY of MATCH_RECOGNIZE takes columns, and got an expression",
                        "compute it in a subquery: FROM (SELECT …) MATCH_RECOGNIZE (…)",
                        node.getParserPosition());
            }
            identifier.validate(validator, scope);
            columns.add(identifier);
        }
        return columns;
    }

    /** Returns what an order key orders by. */
    static SqlNode column(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> column(((SqlCall) key).operand(0));
            default -> key;
        };
    }

    private void collectVariables() {
        match.getPattern().accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlIdentifier variable) {
                variables.add(variable.getSimple());
                scope.addPatternVar(variable.getSimple());
                return null;
            }
        });
        if (variables.size() > MatchedRows.VARIABLES_MAX) {
            throw SqlErrors.at(
                    io.millrace.spi.error.ErrorCode.LIMIT_EXCEEDED,
                    "the pattern has " + variables.size() + " variables, and can have " + MatchedRows.VARIABLES_MAX,
                    "join conditions by OR where a variable need not be told from another",
                    match.getPattern().getParserPosition());
        }
    }

    private void rowsPerMatch() {
        if (SqlAllRows.of(match) != AllRowsPerMatch.WITH_UNMATCHED_ROWS) {
            return;
        }
        match.getPattern().accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlCall part) {
                if (part.getKind() == SqlKind.PATTERN_EXCLUDED) {
                    throw SqlErrors.invalid(
                            "WITH UNMATCHED ROWS and {- … -} in one pattern: the rows left out would be in a match and"
                                    + " not put out",
                            "write the pattern without {- -}, and leave rows out by their variable above",
                            part.getParserPosition());
                }
                return super.visit(part);
            }
        });
    }

    private void subsets() {
        for (SqlNode node : match.getSubsetList()) {
            SqlCall subset = (SqlCall) node;
            SqlIdentifier name = subset.operand(0);
            if (variables.contains(name.getSimple()) || !unions.add(name.getSimple())) {
                throw defined(name);
            }
            for (SqlNode member : (SqlNodeList) subset.operand(1)) {
                if (!(member instanceof SqlIdentifier variable) || !variable.isSimple()) {
                    throw SqlErrors.invalid(
                            "SUBSET takes names of variables",
                            "write SUBSET " + name.getSimple() + " = (A, B)",
                            member.getParserPosition());
                }
                if (!variables.contains(variable.getSimple())) {
                    throw unknown(variable);
                }
            }
            scope.addPatternVar(name.getSimple());
        }
    }

    private void within(List<SqlIdentifier> order) {
        SqlLiteral interval = match.getInterval();
        if (interval == null) {
            return;
        }
        if (order.isEmpty()
                || !SqlTypeUtil.isTimestamp(validator.deriveType(scope, order.getFirst()))
                || match.getOrderList().get(0).getKind() == SqlKind.DESCENDING) {
            throw SqlErrors.invalid(
                    "WITHIN needs ORDER BY a TIMESTAMP first, ascending",
                    "order by the rows' time, or leave WITHIN out",
                    interval.getParserPosition());
        }
        interval.validate(validator, scope);
        SqlIntervalLiteral.IntervalValue value = interval.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        if (value.getSign() < 0 || value.getIntervalQualifier().isYearMonth()) {
            throw SqlErrors.invalid(
                    "WITHIN takes a length of time of days or less that is not negative",
                    "write WITHIN INTERVAL '1' HOUR",
                    interval.getParserPosition());
        }
    }

    private void definitions() {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<SqlNode> expanded = new ArrayList<>();
        for (SqlNode item : match.getPatternDefList()) {
            SqlIdentifier name = ((SqlCall) item).operand(1);
            if (!variables.contains(name.getSimple())) {
                throw SqlErrors.invalid(
                        unions.contains(name.getSimple())
                                ? "'" + name.getSimple() + "' is a SUBSET, which has no condition of its own"
                                : "DEFINE has a variable '" + name.getSimple() + "' that the pattern does not have",
                        "the pattern's variables: " + String.join(", ", variables),
                        name.getParserPosition());
            }
            if (!seen.add(name.getSimple())) {
                throw defined(name);
            }
            SqlNode condition = validator.expand(RowPatternTerms.prepared(((SqlCall) item).operand(0)), scope);
            validator.infer(
                    validator.getTypeFactory().createSqlType(org.apache.calcite.sql.type.SqlTypeName.BOOLEAN),
                    scope,
                    condition);
            condition.validateExpr(validator, scope);
            if (!SqlTypeUtil.inBooleanFamily(validator.deriveType(scope, condition))) {
                throw SqlErrors.invalid(
                        "the condition of '" + name.getSimple() + "' is no condition",
                        "write a comparison, or cast the value to BOOLEAN",
                        condition.getParserPosition());
            }
            expanded.add(SqlStdOperatorTable.AS.createCall(item.getParserPosition(), condition, name));
        }
        match.setOperand(
                SqlMatchRecognize.OPERAND_PATTERN_DEFINES,
                new SqlNodeList(expanded, match.getPatternDefList().getParserPosition()));
    }

    private List<RelDataTypeField> measures() {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<SqlNode> expanded = new ArrayList<>();
        RelDataTypeFactory.Builder types = validator.getTypeFactory().builder();
        for (SqlNode item : match.getMeasureList()) {
            SqlIdentifier name = ((SqlCall) item).operand(1);
            if (!seen.add(name.getSimple())) {
                throw SqlErrors.invalid(
                        "two measures are called '" + name.getSimple() + "'",
                        "give one another name",
                        name.getParserPosition());
            }
            SqlNode value = validator.expand(RowPatternTerms.prepared(((SqlCall) item).operand(0)), scope);
            validator.infer(validator.getUnknownType(), scope, value);
            value.validateExpr(validator, scope);
            RelDataType type = validator.deriveType(scope, value);
            types.add(name.getSimple(), validator.getTypeFactory().createTypeWithNullability(type, true));
            expanded.add(SqlStdOperatorTable.AS.createCall(item.getParserPosition(), value, name));
        }
        match.setOperand(
                SqlMatchRecognize.OPERAND_MEASURES,
                new SqlNodeList(expanded, match.getMeasureList().getParserPosition()));
        return types.build().getFieldList();
    }

    /** Returns the columns in the standard's order: partition, order, measures, and what else the rows have. */
    private RelDataType rowType(
            List<RowPatternPartition.Key> partition, List<SqlIdentifier> order, List<RelDataTypeField> measures) {
        Columns columns = new Columns(validator.getTypeFactory().builder());
        partition.forEach(key -> partitionColumn(key, columns));
        if (allRows(match)) {
            order.forEach(column -> columns.add(last(column), validator.deriveType(scope, column)));
        }
        for (RelDataTypeField measure : measures) {
            if (columns.has(measure.getName())) {
                throw SqlErrors.invalid(
                        "the measure '" + measure.getName() + "' is called like a column that is put out",
                        "give it another name",
                        match.getMeasureList().getParserPosition());
            }
            columns.add(measure.getName(), measure.getType());
        }
        if (allRows(match)) {
            SqlValidatorNamespace input = validator.namespace(match.getTableRef());
            for (RelDataTypeField field : input.getRowType().getFieldList()) {
                if (!columns.has(field.getName()) && !validator.hides(input, field.getName())) {
                    columns.add(field.getName(), field.getType());
                }
            }
        }
        return columns.types.build();
    }

    private void partitionColumn(RowPatternPartition.Key key, Columns columns) {
        String name = key.name();
        if (name == null) {
            return;
        }
        SqlValidatorNamespace input = validator.namespace(match.getTableRef());
        if (key.renamed() && (columns.has(name) || input.getRowType().getField(name, false, false) != null)) {
            throw SqlErrors.invalid(
                    "a key of PARTITION BY is called '" + name + "', as a column is",
                    "give it another name",
                    key.position());
        }
        columns.add(name, key.type());
    }

    private static String last(SqlIdentifier column) {
        return column.names.getLast();
    }

    /** Columns, each name once. */
    private record Columns(RelDataTypeFactory.Builder types, Set<String> names) {
        Columns(RelDataTypeFactory.Builder types) {
            this(types, new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
        }

        boolean has(String name) {
            return names.contains(name);
        }

        void add(String name, RelDataType type) {
            if (names.add(name)) {
                types.add(name, type);
            }
        }
    }

    private void known(SqlIdentifier variable) {
        if (!variables.contains(variable.getSimple()) && !unions.contains(variable.getSimple())) {
            throw unknown(variable);
        }
    }

    private RuntimeException unknown(SqlIdentifier variable) {
        return SqlErrors.invalid(
                "the pattern has no variable '" + variable.getSimple() + "'",
                "the pattern's variables: " + String.join(", ", variables),
                variable.getParserPosition());
    }

    private static RuntimeException defined(SqlIdentifier name) {
        return SqlErrors.invalid(
                "'" + name.getSimple() + "' is defined twice", "give one another name", name.getParserPosition());
    }
}
