package io.millrace.sql.validate;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.error.CalciteErrors;
import io.millrace.sql.function.Operators;
import io.millrace.sql.function.UserOperators;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/** Checks queries against a catalog. Changes the trees it is given. */
public final class Validation {

    private static final MillraceTypeFactory FACTORY = new MillraceTypeFactory();

    private final Catalog catalog;
    private final boolean slots;

    /** @param slots whether the places of tables' rows can be named: in statements that change them */
    public Validation(Catalog catalog, boolean slots) {
        this.catalog = catalog;
        this.slots = slots;
    }

    /** Returns the one factory of types. It has no state. */
    public static MillraceTypeFactory factory() {
        return FACTORY;
    }

    /** Returns a validator that knows types, and nothing of any catalog. */
    public static SqlValidator forTypes() {
        return new MillraceValidator(
                Operators.TABLE,
                new CatalogTables(new NothingExists(), FACTORY, Operators.TABLE, false, false),
                FACTORY,
                new IdentityHashMap<>());
    }

    /** How the ROWTIME of a query's rows is wanted. */
    public enum RowtimeWanted {
        /** Only where the query names it. */
        NO,
        /** As a last column, where the query has one. */
        YES
    }

    /**
     * Checks a query.
     *
     * @param streams whether it is endless whether or not it says STREAM
     * @throws UntypedParameter where a parameter's type is neither given nor inferred
     */
    public ValidQuery query(
            SqlNode tree, boolean streams, RowtimeWanted rowtime, List<? extends @Nullable DataType> givenTypes) {
        int parameters = ParameterTypes.count(tree);
        NamedWindows.complete(tree);
        OverOrders.refuse(tree);
        if (streams || StreamKeyword.atTop(tree)) {
            ArrivalWindows.order(tree);
        }
        SqlNode ranked = WithTies.replace(tree, streams || StreamKeyword.atTop(tree));
        List<@Nullable DataType> parameterTypes = RowLimits.types(ranked, givenTypes);
        SqlNode limited = clauses(OrderedSets.replace(RowLimits.replace(ranked, parameterTypes)), streams);
        SqlNode plain = TableCalls.replace(LegacyWindows.replace(limited), catalog);
        SqlNode query = FixedText.mark(ParameterTypes.apply(plain, parameterTypes, FACTORY));
        boolean endless = StreamKeyword.remove(query, streams);
        SqlOperatorTable operators = UserOperators.with(catalog);
        CatalogTables tables = new CatalogTables(catalog, FACTORY, operators, slots, endless);
        RowtimeCarrier carrier = new RowtimeCarrier(tables);
        boolean carries = false;
        if (rowtime == RowtimeWanted.YES) {
            carries = carrier.carry(query);
        } else {
            carrier.below(query);
        }
        boolean added = carrier.carriers().containsKey(query);
        MillraceValidator validator = new MillraceValidator(operators, tables, FACTORY, carrier.carriers());
        try {
            SqlNode valid = validator.validate(query);
            return new ValidQuery(
                    valid,
                    validator,
                    tables,
                    endless,
                    carries,
                    carries && added,
                    types(valid, validator, parameters, parameterTypes));
        } catch (CalciteContextException e) {
            throw failure(e, tree, tables);
        }
    }

    /** Returns the query without the clauses that are others in other words. */
    private SqlNode clauses(SqlNode query, boolean streams) {
        boolean endless = streams || StreamKeyword.atTop(query);
        SqlNode spelled = PostgresTexts.replace(EmptyArrays.replace(IgnoredNulls.replace(query)));
        SqlNode grouped = GroupByAll.replace(FilteredOvers.replace(spelled), catalog);
        return UsingColumns.replace(SemiJoins.replace(DistinctOn.replace(grouped, endless)));
    }

    private RuntimeException failure(CalciteContextException e, SqlNode tree, CatalogTables tables) {
        if (String.valueOf(e.getCause()).contains("Illegal use of dynamic parameter")) {
            int index = parameterAt(tree, e.getPosLine(), e.getPosColumn());
            if (index >= 0) {
                return new UntypedParameter(index, e);
            }
        }
        return CalciteErrors.semantic(e, this::names, () -> columns(tables));
    }

    private List<String> names() {
        return Stream.of(
                        catalog.streams().stream().map(StreamDefinition::name),
                        catalog.tables().stream().map(TableDefinition::name),
                        catalog.externalTables().stream().map(ExternalTable::name),
                        catalog.views().stream().map(ViewDefinition::name),
                        catalog.storedQueries().stream().map(StoredQuery::name))
                .flatMap(Function.identity())
                .toList();
    }

    private static List<String> columns(CatalogTables tables) {
        return tables.found().stream()
                .flatMap(table -> table.columns().fields().stream())
                .map(Field::name)
                .distinct()
                .toList();
    }

    private static int parameterAt(SqlNode tree, int line, int column) {
        int[] index = {-1};
        tree.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlDynamicParam parameter) {
                if (parameter.getParserPosition().getLineNum() == line
                        && parameter.getParserPosition().getColumnNum() == column) {
                    index[0] = parameter.getIndex();
                }
                return null;
            }
        });
        return index[0];
    }

    private static List<DataType> types(
            SqlNode valid, MillraceValidator validator, int count, List<? extends @Nullable DataType> given) {
        List<DataType> types = new ArrayList<>(java.util.Collections.nCopies(count, DataType.VARCHAR));
        valid.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlDynamicParam parameter) {
                RelDataType type = validator.getValidatedNodeTypeIfKnown(parameter);
                if (type != null && type.getSqlTypeName() != SqlTypeName.UNKNOWN) {
                    types.set(parameter.getIndex(), Types.fromCalcite(type));
                }
                return null;
            }
        });
        for (int i = 0; i < Math.min(count, given.size()); i++) {
            DataType type = given.get(i);
            if (type != null) {
                types.set(i, type);
            }
        }
        return List.copyOf(types);
    }
}
