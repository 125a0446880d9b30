package io.millrace.sql.validate;

import io.millrace.plan.Rowtime;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.Field;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.function.WindowFunctions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Lets ROWTIME travel through queries that do not mention it, as Kinesis Analytics has it: every query below
 * another one gets a last, hidden column of that name where it has a ROWTIME to give. Works on the parse
 * tree, in place.
 *
 * <pre>
 *   FROM (SELECT a FROM s)                         … FROM (SELECT a, ROWTIME FROM s)
 *   SELECT n FROM s GROUP BY FLOOR(ROWTIME TO DAY) … SELECT n, FLOOR(ROWTIME TO DAY) + INTERVAL '1' DAY AS ROWTIME
 * </pre>
 */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class RowtimeCarrier {

    private static final String ROWTIME = SystemColumns.ROWTIME.name();
    private static final Set<String> ADDED = Set.of(ROWTIME);
    private static final Set<String> SYSTEM =
            SystemColumns.ALL.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());

    private final CatalogTables tables;
    private final IdentityHashMap<SqlNode, Set<String>> carriers = new IdentityHashMap<>();
    private final Set<SqlNode> singleTimed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<SqlSelect, Set<String>> rowtimes = new IdentityHashMap<>();
    private final Map<String, Boolean> named = new HashMap<>();

    RowtimeCarrier(CatalogTables tables) {
        this.tables = tables;
    }

    /** Returns the columns that queries got, by identity. */
    IdentityHashMap<SqlNode, Set<String>> carriers() {
        return carriers;
    }

    /** Prepares everything below a query, but leaves the query's own columns as they are. */
    void below(SqlNode query) {
        switch (query) {
            case SqlSelect select -> select(select);
            case SqlOrderBy orderBy -> below(orderBy.query);
            case SqlWith with -> {
                with.withList.forEach(item -> item((SqlWithItem) item));
                below(with.body);
            }
            case SqlCall call
            when call.getKind() == SqlKind.UNION || call.getKind() == SqlKind.EXPLICIT_TABLE ->
                call.getOperandList().forEach(this::below);
            default -> {}
        }
    }

    /** Prepares a query and adds ROWTIME to its columns where it has one; returns whether it has. */
    boolean carry(SqlNode query) {
        below(query);
        if (!offers(query)) {
            return false;
        }
        add(query);
        return true;
    }

    private void item(SqlWithItem item) {
        boolean carried = carry(item.query);
        named.put(key(item.name), carried);
        if (carried && carriers.containsKey(item.query)) {
            carriers.put(item, ADDED);
            if (item.columnList != null) {
                item.columnList.add(new SqlIdentifier(ROWTIME, item.columnList.getParserPosition()));
            }
        }
    }

    private void select(SqlSelect select) {
        rowtimes.put(select, from(select.getFrom()));
        if (select.getFrom() instanceof SqlCall from) {
            select.setFrom(withRowtimeNames(from));
        }
        select.getSelectList().forEach(this::nested);
        nested(select.getWhere());
        nested(select.getHaving());
        SqlNode closing = closing(select);
        if (closing != null) {
            replaceBareRowtime(select, closing);
        }
    }

    /** Prepares the queries in an expression. What they are asked for they name, so they carry nothing. */
    private void nested(@Nullable SqlNode expression) {
        if (expression == null) {
            return;
        }
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    below(call);
                    return null;
                }
                return super.visit(call);
            }
        });
    }

    private SqlNode withRowtimeNames(SqlNode from) {
        if (from instanceof SqlJoin join) {
            join.setLeft(withRowtimeNames(join.getLeft()));
            join.setRight(withRowtimeNames(join.getRight()));
        }
        return from instanceof SqlCall as && as.getKind() == SqlKind.AS ? withRowtimeName(as) : from;
    }

    /** Returns {@code query AS t(a, b)} with a name for the column that the query got. */
    private SqlCall withRowtimeName(SqlCall as) {
        SqlNode rows = as.operand(0);
        SqlNode query = rows.getKind() == SqlKind.LATERAL ? ((SqlCall) rows).operand(0) : rows;
        if (as.operandCount() == 2 || !carriers.containsKey(query)) {
            return as;
        }
        List<SqlNode> operands = new ArrayList<>(as.getOperandList());
        operands.add(new SqlIdentifier(ROWTIME, as.getParserPosition()));
        SqlCall named = as.getOperator().createCall(as.getParserPosition(), operands);
        carriers.put(named, ADDED);
        return named;
    }

    /** Returns the names of the columns of a FROM that are its ROWTIME. */
    private Set<String> from(@Nullable SqlNode from) {
        return switch (from) {
            case null -> Set.of();
            case SqlIdentifier name -> table(name);
            case SqlCall call when call.getKind() == SqlKind.AS -> from(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.COLLECTION_TABLE -> from(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.EXPLICIT_TABLE -> from(call.operand(0));
            case SqlCall call when call.getKind() == SqlKind.LATERAL -> from(call.operand(0));
            case SqlSnapshot snapshot -> from(snapshot.getTableRef());
            case SqlJoin join -> {
                Set<String> names = both(from(join.getLeft()), from(join.getRight()));
                if (kept(join.getLeft()) != kept(join.getRight())) {
                    singleTimed.add(join);
                }
                yield names;
            }
            case SqlSelect query -> query(query);
            case SqlOrderBy query -> query(query);
            case SqlWith query -> query(query);
            case SqlCall call when call.getKind() == SqlKind.UNION -> query(call);
            case SqlMatchRecognize match -> match(match);
            case SqlPivot pivot -> pivot(pivot);
            case SqlUnpivot unpivot -> unpivot(unpivot);
            case SqlCall call when WindowFunctions.isName(call.getOperator().getName()) -> window(call);
            default -> Set.of();
        };
    }

    /** Returns whether a part of a FROM is a table, whose rows have no time. */
    private boolean kept(SqlNode from) {
        if (from instanceof SqlCall as && as.getKind() == SqlKind.AS) {
            return kept(as.operand(0));
        }
        if (from instanceof SqlSnapshot snapshot) {
            return kept(snapshot.getTableRef());
        }
        if (!(from instanceof SqlIdentifier name) || (name.isSimple() && named.containsKey(key(name)))) {
            return false;
        }
        CatalogTable table = tables.getTable(name.names);
        return table != null && table.changing();
    }

    /** Returns whether the rows of a FROM are made of rows of two times. */
    private boolean ofTwoTimes(@Nullable SqlNode from) {
        if (!(from instanceof SqlJoin join)) {
            return false;
        }
        return !singleTimed.contains(join) || ofTwoTimes(kept(join.getLeft()) ? join.getRight() : join.getLeft());
    }

    private static Set<String> both(Set<String> left, Set<String> right) {
        Set<String> names = new HashSet<>(left);
        names.addAll(right);
        return names;
    }

    /** Returns the ROWTIME of TUMBLE and HOP, and lets them see all columns of a stream. */
    private Set<String> window(SqlCall call) {
        SqlNode input = call.operand(0);
        boolean explicit = input.getKind() == SqlKind.EXPLICIT_TABLE;
        if (input.isA(SqlKind.QUERY) && !explicit && !(input instanceof SqlSelect)) {
            // Calcite would take the branches of a UNION for as many inputs.
            SqlParserPos pos = input.getParserPosition();
            input = allOf(SqlStdOperatorTable.AS.createCall(pos, input, new SqlIdentifier("windowed", pos)), pos);
            call.setOperand(0, input);
        }
        Set<String> names = from(input);
        if (explicit && ((SqlCall) input).operand(0) instanceof SqlIdentifier stream) {
            CatalogTable table = named.containsKey(key(stream)) ? null : tables.getTable(stream.names);
            if (table != null && table.stream()) {
                call.setOperand(0, allColumns(stream));
            }
        }
        return names;
    }

    /** Gives matches the time of their last row, where they are looked for in the order of time. */
    private Set<String> match(SqlMatchRecognize match) {
        Set<String> names = from(match.getTableRef());
        match.setOperand(
                SqlMatchRecognize.OPERAND_TABLE_REF,
                RowPatternTime.named(withRowtimeNames(match.getTableRef()), match));
        return switch (RowPatternTime.add(match, names)) {
            case NONE -> Set.of();
            case NAMED -> Set.of(ClosingTime.rowtime());
            case HIDDEN -> {
                carriers.put(match, ADDED);
                yield Set.of(ClosingTime.rowtime());
            }
        };
    }

    /** A pivot groups by all columns it does not name, so it must not see those that nobody declared. */
    private Set<String> pivot(SqlPivot pivot) {
        pivot.setOperand(0, declared(pivot.query));
        below(pivot.query.getKind() == SqlKind.AS ? ((SqlCall) pivot.query).operand(0) : pivot.query);
        return Set.of();
    }

    private Set<String> unpivot(SqlUnpivot unpivot) {
        unpivot.setOperand(0, declared(unpivot.query));
        Set<String> names = from(unpivot.query);
        if (!names.isEmpty()) {
            carriers.put(unpivot, ADDED);
        }
        return names;
    }

    /** Returns a stream's declared columns as a query; a query as it is. */
    private SqlNode declared(SqlNode rows) {
        if (rows instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() == 2) {
            as.setOperand(0, declared(as.operand(0)));
            return as;
        }
        if (!(rows instanceof SqlIdentifier table)) {
            return rows;
        }
        SqlParserPos pos = table.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(pos, allOf(table, pos), new SqlIdentifier(table.names.getLast(), pos));
    }

    private static SqlSelect allOf(SqlNode from, SqlParserPos pos) {
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(pos));
        return new SqlSelect(pos, null, star, from, null, null, null, null, null, null, null, null, null);
    }

    private SqlSelect allColumns(SqlIdentifier stream) {
        SqlParserPos pos = stream.getParserPosition();
        SqlNodeList items = new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos);
        SystemColumns.ALL.forEach(column -> items.add(new SqlIdentifier(column.name(), pos)));
        SqlSelect select =
                new SqlSelect(pos, null, items, stream, null, null, null, null, null, null, null, null, null);
        carriers.put(select, SYSTEM);
        return select;
    }

    private Set<String> query(SqlNode query) {
        return carry(query) ? Set.of(ClosingTime.rowtime()) : Set.of();
    }

    private Set<String> table(SqlIdentifier name) {
        if (name.isSimple()) {
            Boolean carries = named.get(key(name));
            if (carries != null) {
                return carries ? Set.of(ClosingTime.rowtime()) : Set.of();
            }
        }
        CatalogTable table = tables.getTable(name.names);
        if (table == null || !table.stream()) {
            return Set.of();
        }
        return table.rowtime() instanceof Rowtime.EventTime time
                ? Set.of(ClosingTime.rowtime(), time.column().toLowerCase(Locale.ROOT))
                : Set.of(ClosingTime.rowtime());
    }

    private static String key(SqlIdentifier name) {
        return name.names.getLast().toLowerCase(Locale.ROOT);
    }

    private boolean offers(SqlNode query) {
        return switch (query) {
            case SqlSelect select -> names(select) || (!select.isDistinct() && given(select) != null);
            case SqlOrderBy orderBy -> offers(orderBy.query);
            case SqlWith with -> offers(with.body);
            case SqlCall call
            when call.getOperator() == SqlStdOperatorTable.UNION_ALL ->
                call.getOperandList().stream().allMatch(this::offers);
            default -> false;
        };
    }

    private void add(SqlNode query) {
        switch (query) {
            case SqlSelect select -> {
                if (!names(select)) {
                    addTo(select);
                }
            }
            case SqlOrderBy orderBy -> {
                add(orderBy.query);
                inherit(orderBy, orderBy.query);
            }
            case SqlWith with -> {
                add(with.body);
                inherit(with, with.body);
            }
            case SqlCall call -> {
                call.getOperandList().forEach(this::add);
                inherit(call, call.operand(0));
            }
            default -> {}
        }
    }

    private void inherit(SqlNode outer, SqlNode inner) {
        if (carriers.containsKey(inner)) {
            carriers.put(outer, ADDED);
        }
    }

    private void addTo(SqlSelect select) {
        SqlNode rowtime = given(select);
        if (rowtime == null) {
            throw new IllegalStateException("no ROWTIME in " + select);
        }
        SqlParserPos pos = select.getSelectList().getParserPosition();
        SqlNodeList items = new SqlNodeList(select.getSelectList(), pos);
        items.add(
                rowtime instanceof SqlIdentifier identifier && isRowtime(identifier)
                        ? rowtime
                        : SqlStdOperatorTable.AS.createCall(pos, rowtime, new SqlIdentifier(ROWTIME, pos)));
        select.setSelectList(items);
        carriers.put(select, ADDED);
    }

    /** Returns the expression of the ROWTIME that a SELECT has without saying it, or null. */
    private @Nullable SqlNode given(SqlSelect select) {
        if (grouped(select)) {
            return closing(select);
        }
        if (select.getFrom() instanceof SqlJoin join && ofTwoTimes(join)) {
            return JoinRowtime.of(join, side -> !from(side).isEmpty());
        }
        return rowtimes.getOrDefault(select, Set.of()).isEmpty()
                ? null
                : new SqlIdentifier(ROWTIME, select.getSelectList().getParserPosition());
    }

    private @Nullable SqlNode closing(SqlSelect select) {
        return new ClosingTime(select, rowtimes.getOrDefault(select, Set.of())).find();
    }

    private boolean grouped(SqlSelect select) {
        return select.getGroup() != null
                || select.getSelectList().stream().anyMatch(this::aggregates)
                || select.getHaving() != null;
    }

    private boolean aggregates(SqlNode node) {
        return switch (node) {
            case SqlSelect query -> false;
            case SqlCall call when call.getKind() == SqlKind.OVER -> false;
            case SqlCall call ->
                AggregateFunctions.isName(call.getOperator().getName())
                        || tables.hasAggregate(call.getOperator().getName())
                        || call.getOperandList().stream().anyMatch(o -> o != null && aggregates(o));
            case SqlNodeList list -> list.stream().anyMatch(this::aggregates);
            default -> false;
        };
    }

    /** Returns whether a SELECT has a column of the name ROWTIME by its own words. */
    private static boolean names(SqlSelect select) {
        return select.getSelectList().stream()
                .map(item -> item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item)
                .anyMatch(RowtimeCarrier::isRowtime);
    }

    static boolean isRowtime(SqlNode node) {
        return node instanceof SqlIdentifier identifier
                && !identifier.isStar()
                && identifier.names.getLast().equalsIgnoreCase(ROWTIME);
    }

    /** Gives a grouped SELECT's unqualified ROWTIME its meaning: the time of the group's row. */
    private static void replaceBareRowtime(SqlSelect select, SqlNode closing) {
        SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier id && id.isSimple() && isRowtime(id)) {
                SqlParserPos pos = item.getParserPosition();
                items.add(SqlStdOperatorTable.AS.createCall(pos, closing, new SqlIdentifier(ROWTIME, pos)));
            } else {
                items.add(item);
            }
        }
        select.setSelectList(items);
    }
}
