package io.millrace.sql.validate;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.sql.function.TimeOperator;
import io.millrace.sql.type.MillraceTypeFactory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.validate.ProcedureNamespace;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Calcite's validator, but that {@code *} leaves out the columns that nobody declared. */
final class MillraceValidator extends SqlValidatorImpl {

    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(new Conformance())
            .withIdentifierExpansion(true)
            .withTypeCoercionFactory(StrictCoercion::new);

    private final IdentityHashMap<SqlNode, Set<String>> carriers;
    private boolean showsAll;

    /**
     * Creates a validator for one statement.
     *
     * @param carriers the columns that were added to queries, by identity
     */
    MillraceValidator(
            SqlOperatorTable operators,
            CatalogTables tables,
            MillraceTypeFactory factory,
            IdentityHashMap<SqlNode, Set<String>> carriers) {
        super(operators, tables, factory, CONFIG);
        this.carriers = carriers;
    }

    /** Tells sums and differences of times from those of numbers, by the types of their operands. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (expression instanceof SqlBasicCall call && call.operandCount() == 2) {
            if (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS) {
                SqlOperator own = TimeOperator.of(
                        call.getOperator(), deriveType(scope, call.operand(0)), deriveType(scope, call.operand(1)));
                if (own != null) {
                    call.setOperator(own);
                }
            } else if (call.getKind() == SqlKind.FILTER && SqlUtil.isNullLiteral(call.operand(1), true)) {
                // A condition that is NULL passes no row, as one that is FALSE.
                call.setOperand(
                        1, SqlLiteral.createBoolean(false, call.operand(1).getParserPosition()));
            }
        }
        return super.deriveType(scope, expression);
    }

    /** Called for the columns of a star only. */
    @Override
    protected void addToSelectList(
            List<SqlNode> list,
            Set<String> aliases,
            List<Map.Entry<String, RelDataType>> fieldList,
            SqlNode exp,
            SelectScope scope,
            boolean includeSystemVars) {
        if (showsAll || !(exp instanceof SqlIdentifier column) || !hidden(column, scope)) {
            super.addToSelectList(list, aliases, fieldList, exp, scope, includeSystemVars);
        }
    }

    /** Calcite reorders all columns that a star has over JOIN … USING, so there they are left out afterwards. */
    @Override
    protected RelDataType validateSelectList(SqlNodeList selectItems, SqlSelect select, RelDataType targetRowType) {
        SelectScope scope = getRawSelectScope(select);
        if (scope == null || selectItems.stream().noneMatch(Stars::is) || !using(select.getFrom())) {
            return super.validateSelectList(selectItems, select, targetRowType);
        }
        SqlNodeList shown = new SqlNodeList(selectItems.getParserPosition());
        for (SqlNode item : selectItems) {
            if (Stars.is(item)) {
                SqlNodeList star = SqlNodeList.of(Stars.plain(item));
                shown.addAll(Stars.changed(item, shown(expanded(star, select, targetRowType), selectItems, scope)));
            } else {
                shown.add(item);
            }
        }
        return super.validateSelectList(shown, select, targetRowType);
    }

    private SqlNodeList expanded(SqlNodeList star, SqlSelect select, RelDataType targetRowType) {
        showsAll = true;
        try {
            super.validateSelectList(star, select, targetRowType);
        } finally {
            showsAll = false;
        }
        return select.getSelectList();
    }

    private List<SqlNode> shown(SqlNodeList columns, SqlNodeList selectItems, SelectScope scope) {
        List<SqlNode> shown = new ArrayList<>();
        for (SqlNode item : columns) {
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if (!(value instanceof SqlIdentifier column) || named(column, selectItems) || !hidden(column, scope)) {
                shown.add(item);
            }
        }
        return shown;
    }

    private static boolean named(SqlIdentifier column, SqlNodeList items) {
        return items.stream()
                .anyMatch(item ->
                        item instanceof SqlIdentifier id && id.toString().equalsIgnoreCase(column.toString()));
    }

    private static boolean using(@Nullable SqlNode from) {
        return from instanceof SqlJoin join
                && (join.getConditionType() == JoinConditionType.USING
                        || using(join.getLeft())
                        || using(join.getRight()));
    }

    /** What ORDER BY ALL is by is known once stars are columns. */
    @Override
    protected void validateOrderList(SqlSelect select) {
        SqlNodeList order = select.getOrderList();
        if (order != null && order.stream().anyMatch(item -> OrderByAll.is(item))) {
            boolean added = carriers.getOrDefault(select, Set.of()).size() > 0;
            select.setOrderBy(OrderByAll.places(order, select.getSelectList().size() - (added ? 1 : 0)));
        }
        super.validateOrderList(select);
    }

    /** A natural join is one by the columns that both sides have and that somebody declared. */
    @Override
    protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
        if (join.isNatural()) {
            NaturalJoins.say(join, declared(namespace(join.getLeft())), declared(namespace(join.getRight())));
        }
        super.validateJoin(join, scope);
    }

    /** What a natural join is by is known once FROM is valid. */
    @Override
    protected void validateWhereClause(SqlSelect select) {
        UsingColumns.where(select);
        super.validateWhereClause(select);
    }

    private Set<String> declared(SqlValidatorNamespace namespace) {
        Set<String> names = new LinkedHashSet<>(namespace.getRowType().getFieldNames());
        names.removeIf(name -> hides(namespace, name));
        return names;
    }

    private boolean hidden(SqlIdentifier column, SelectScope scope) {
        if (column.names.size() != 2 || !mayHide(column.names.get(1))) {
            return false;
        }
        SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
        scope.resolve(column.names.subList(0, 1), getCatalogReader().nameMatcher(), false, resolved);
        return resolved.count() == 1 && adds(resolved.only().namespace, column.names.get(1));
    }

    private static boolean mayHide(String column) {
        return SystemColumns.find(column) != null || column.equals(SystemColumns.TABLE_SLOT.name());
    }

    /** Checks row patterns by rules of our own. */
    @Override
    public void validateMatchRecognize(SqlCall call) {
        SqlMatchRecognize match = (SqlMatchRecognize) call;
        namespace(match).setType(new RowPatternValidation(this, match).validate());
    }

    /** Gives constants and parameters the type that is expected of them. */
    void infer(RelDataType expected, SqlValidatorScope scope, SqlNode expression) {
        inferUnknownTypes(expected, scope, expression);
    }

    SqlValidatorNamespace namespace(SqlNode node) {
        return java.util.Objects.requireNonNull(getNamespace(node), "no namespace");
    }

    /** Returns whether a column of what stands in FROM is one that nobody declared. */
    boolean hides(SqlValidatorNamespace namespace, String column) {
        return mayHide(column) && adds(namespace, column);
    }

    private boolean adds(SqlValidatorNamespace namespace, String column) {
        SqlValidatorNamespace resolved = namespace.resolve();
        if (resolved.getTable() instanceof CatalogTable table) {
            return table.hides(column);
        }
        Set<String> added = carriers.getOrDefault(resolved.getNode(), Set.of());
        return resolved instanceof ProcedureNamespace || added.contains(column.toUpperCase(Locale.ROOT));
    }

    /** What Calcite would let pass and PostgreSQL does not: columns that are not grouped, names of other items. */
    private static final class Conformance extends SqlDelegatingConformance {

        Conformance() {
            super(SqlConformanceEnum.BABEL);
        }

        @Override
        public SelectAliasLookup isSelectAlias() {
            return SelectAliasLookup.UNSUPPORTED;
        }

        @Override
        public boolean allowExplicitRowValueConstructor() {
            return true;
        }

        @Override
        public boolean isNonStrictGroupBy() {
            return false;
        }

        @Override
        public boolean allowLenientCoercion() {
            return false;
        }
    }
}
