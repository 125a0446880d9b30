package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.sql.system.query.TableFunctions.TableFunction;
import io.millrace.sql.system.relation.Relation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a FROM: first its things, which gives the scope its columns, then, with the conditions of WHERE, how their
 * rows come together.
 */
final class FromCompiler {

    private final Scope scope;
    private final QueryCompiler queries;
    private final ExpressionCompiler expressions;

    FromCompiler(Scope scope, QueryCompiler queries) {
        this.scope = scope;
        this.queries = queries;
        this.expressions = new ExpressionCompiler(scope, queries, null);
    }

    /** A compiled FROM or a part of it, before conditions find their places. */
    sealed interface Part {

        int from();

        int to();

        record Thing(ScanPlan.Source source, int from, int to, boolean lateral) implements Part {}

        record Join(JoinType type, Part left, Part right, List<Conjunct> on) implements Part {
            @Override
            public int from() {
                return left.from();
            }

            @Override
            public int to() {
                return right.to();
            }
        }
    }

    Part compile(SqlNode node) {
        return switch (node.getKind()) {
            case JOIN -> join((SqlJoin) node);
            case AS -> aliased((SqlCall) node);
            default -> thing(node, null, List.of());
        };
    }

    private Part join(SqlJoin join) {
        Part left = compile(join.getLeft());
        Part right = compile(join.getRight());
        List<Conjunct> on = switch (join.getConditionType()) {
            case ON -> Conjunct.split(join.getCondition(), expressions);
            case USING -> using(join, left, right);
            case NONE -> List.of();
        };
        if (join.isNatural()) {
            return new Part.Join(join.getJoinType(), left, right, natural(join, left, right));
        }
        boolean needsCondition = join.getConditionType() == JoinConditionType.NONE
                && join.getJoinType() != JoinType.COMMA
                && join.getJoinType() != JoinType.CROSS;
        if (needsCondition && join.getJoinType() != JoinType.INNER) {
            throw Failures.at(join, ErrorCode.SYNTAX_ERROR, "this join lacks a condition", null);
        }
        return new Part.Join(join.getJoinType(), left, right, on);
    }

    private List<Conjunct> using(SqlJoin join, Part left, Part right) {
        List<Conjunct> on = new ArrayList<>();
        for (SqlNode node : ExpressionCompiler.nodes(java.util.Objects.requireNonNull(join.getCondition()))) {
            SqlIdentifier name = (SqlIdentifier) node;
            Scope.Column a = scope.find(name.getSimple(), left.from(), left.to());
            Scope.Column b = scope.find(name.getSimple(), right.from(), right.to());
            if (a == null || b == null) {
                throw Failures.at(
                        name,
                        ErrorCode.UNDEFINED_COLUMN,
                        "column " + name.getSimple() + " is not in both tables of the join",
                        null);
            }
            on.add(merged(a, b));
        }
        return on;
    }

    private Conjunct merged(Scope.Column a, Scope.Column b) {
        scope.merge(b);
        return Conjunct.equality(Scope.read(a, 0), place(a), Scope.read(b, 0), place(b));
    }

    /** The columns that both sides have are the same. */
    private List<Conjunct> natural(SqlJoin join, Part left, Part right) {
        if (join.getJoinType() != JoinType.INNER && join.getJoinType() != JoinType.LEFT) {
            throw Failures.unsupported(join, "NATURAL " + join.getJoinType() + " JOIN");
        }
        List<Conjunct> on = new ArrayList<>();
        for (Scope.Column b : List.copyOf(scope.columns())) {
            boolean ofRight = b.place() >= right.from() && b.place() < right.to();
            Scope.Column a = ofRight ? scope.find(b.name(), left.from(), left.to()) : null;
            if (a != null) {
                on.add(merged(a, b));
            }
        }
        return on;
    }

    private static BitSet place(Scope.Column column) {
        BitSet places = new BitSet();
        places.set(column.place());
        return places;
    }

    private Part aliased(SqlCall as) {
        String alias = ((SqlIdentifier) as.operand(1)).getSimple();
        List<String> names = new ArrayList<>();
        for (int i = 2; i < as.operandCount(); i++) {
            for (SqlNode name : ExpressionCompiler.nodes(as.operand(i))) {
                names.add(((SqlIdentifier) name).getSimple());
            }
        }
        return thing(as.operand(0), alias, names);
    }

    private Part thing(SqlNode node, @Nullable String alias, List<String> names) {
        return switch (node.getKind()) {
            case IDENTIFIER -> relation((SqlIdentifier) node, alias, names);
            case LATERAL -> lateral(((SqlCall) node).operand(0), alias, names);
            case COLLECTION_TABLE -> function(((SqlCall) node).operand(0), alias, names);
            case UNNEST -> function((SqlCall) node, alias, names);
            case JOIN -> join((SqlJoin) node);
            case AS -> aliased((SqlCall) node);
            default -> subquery(queries.compile(node, scope.outer()), alias, names, false);
        };
    }

    private Part lateral(SqlNode node, @Nullable String alias, List<String> names) {
        if (!node.isA(SqlKind.QUERY)) {
            return thing(node, alias, names);
        }
        return subquery(queries.compile(node, scope), alias, names, true);
    }

    private Part relation(SqlIdentifier name, @Nullable String alias, List<String> names) {
        String table = alias == null ? name.names.getLast() : alias;
        Query common = name.isSimple() ? queries.commonTable(name.getSimple()) : null;
        if (common != null) {
            return subquery(common, table, names, false);
        }
        Relation relation = CatalogNames.find(name);
        if (relation == null) {
            throw Failures.at(
                    name,
                    ErrorCode.UNDEFINED_NAME,
                    "relation \"" + String.join(".", name.names) + "\" does not exist",
                    null);
        }
        scope.nameRelation(table, relation.oid());
        int from = scope.width();
        int place = 0;
        for (Relation.Column column : relation.columns()) {
            scope.add(
                    table, renamed(names, place++, column.name()), column.type().dataType());
        }
        return new Part.Thing(frame -> frame.context().snapshot().rows(relation), from, scope.width(), false);
    }

    private Part subquery(Query query, @Nullable String alias, List<String> names, boolean lateral) {
        int from = scope.width();
        int place = 0;
        for (Query.Column column : query.columns()) {
            scope.add(alias == null ? "" : alias, renamed(names, place++, column.name()), column.type());
        }
        // A lateral query sees the row to its left as the row around it; others see what is around this query.
        return new Part.Thing(
                frame -> query.rows(frame.context(), lateral ? frame : frame.outer()), from, scope.width(), lateral);
    }

    private Part function(SqlCall call, @Nullable String alias, List<String> names) {
        String name = call.getKind() == SqlKind.UNNEST ? "unnest" : ExpressionCompiler.functionName(call);
        if (name.equals("pg_show_all_settings")) {
            return relation(
                    new SqlIdentifier(List.of("pg_catalog", "pg_settings"), call.getParserPosition()),
                    alias == null ? name : alias,
                    names);
        }
        BitSet used = scope.noteUse();
        List<Expression> arguments = expressions.compileAll(call.getOperandList());
        TableFunction function = TableFunctions.find(name);
        if (function == null) {
            return scalar(call, name, alias, names);
        }
        int from = scope.width();
        List<String> columns = function.columns();
        for (int i = 0; i < columns.size(); i++) {
            String own = columns.size() == 1 && alias != null ? alias : columns.get(i);
            DataType type = function.type().of(arguments, i);
            scope.add(alias == null ? name : alias, renamed(names, i, own), type);
        }
        ScanPlan.Source rows = frame -> function.rows().of(evaluate(arguments, frame));
        if (call.getOperator() instanceof SqlUnnestOperator unnest && unnest.withOrdinality) {
            scope.add(alias == null ? name : alias, renamed(names, columns.size(), "ordinality"), DataType.BIGINT);
            return new Part.Thing(frame -> numbered(rows.rows(frame)), from, scope.width(), !used.isEmpty());
        }
        return new Part.Thing(rows, from, scope.width(), !used.isEmpty());
    }

    /** Adds to each row its number, from 1. */
    private static List<@Nullable Object[]> numbered(List<@Nullable Object[]> rows) {
        List<@Nullable Object[]> numbered = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            @Nullable Object[] longer = java.util.Arrays.copyOf(row, row.length + 1);
            longer[row.length] = numbered.size() + 1L;
            numbered.add(longer);
        }
        return numbered;
    }

    /** A function of one value is a table of one row. */
    private Part scalar(SqlCall call, String name, @Nullable String alias, List<String> names) {
        BitSet used = scope.noteUse();
        Expression value = expressions.compile(call);
        int from = scope.width();
        String own = alias == null ? name : alias;
        scope.add(own, renamed(names, 0, own), value.type());
        ScanPlan.Source source = frame -> {
            List<@Nullable Object[]> rows = new ArrayList<>();
            rows.add(new @Nullable Object[] {value.value(frame)});
            return rows;
        };
        return new Part.Thing(source, from, scope.width(), !used.isEmpty());
    }

    static @Nullable Object[] evaluate(List<Expression> expressions, Frame frame) {
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).value(frame);
        }
        return values;
    }

    private static String renamed(List<String> names, int place, String name) {
        return place < names.size() ? names.get(place) : name;
    }
}
