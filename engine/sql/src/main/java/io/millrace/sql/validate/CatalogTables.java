package io.millrace.sql.validate;

import io.millrace.plan.Rowtime;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.type.MillraceTypeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlMoniker;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** The catalog as Calcite's validator asks for it. For one statement: it remembers what was looked up. */
public final class CatalogTables implements Prepare.CatalogReader {

    private static final CalciteConnectionConfig CONFIG = new CalciteConnectionConfigImpl(new Properties())
            .set(org.apache.calcite.config.CalciteConnectionProperty.CASE_SENSITIVE, "false");

    private final Catalog catalog;
    private final MillraceTypeFactory factory;
    private final SqlOperatorTable operators;
    private final boolean slots;
    private final boolean endless;
    private final SqlNameMatcher matcher = SqlNameMatchers.withCaseSensitive(false);
    private final Map<String, CatalogTable> found = new HashMap<>();
    private final CalciteSchema root = CalciteSchema.createRootSchema(
            false, false, Schemas.PUBLIC, new CatalogSchema(name -> getTable(List.of(name))));

    /** Returns whether a user's aggregate function has a name. */
    boolean hasAggregate(String name) {
        FunctionDefinition function = catalog.function(name);
        return function != null && function.signature().kind().aggregates();
    }

    /**
     * @param slots whether the places of tables' rows can be named: in statements that change them
     * @param endless whether the query goes on
     */
    CatalogTables(
            Catalog catalog, MillraceTypeFactory factory, SqlOperatorTable operators, boolean slots, boolean endless) {
        this.catalog = catalog;
        this.endless = endless;
        this.slots = slots;
        this.factory = factory;
        this.operators = operators;
        root.add(Schemas.SYSTEM, new CatalogSchema(name -> getTable(List.of(Schemas.SYSTEM, name))));
    }

    /** Returns the streams, tables and views that the statement has named so far. */
    public Collection<CatalogTable> found() {
        return found.values();
    }

    @Override
    public @Nullable CatalogTable getTable(List<String> names) {
        String name = Util.last(names);
        if (names.size() > 1 && !Schemas.accepts(names.get(names.size() - 2), name)) {
            return null;
        }
        String key = ExternalTable.isUrl(name) ? name : name.toLowerCase(Locale.ROOT);
        CatalogTable table = found.get(key);
        if (table == null) {
            table = find(name);
            if (table != null) {
                found.put(key, table);
            }
        }
        return table;
    }

    private @Nullable CatalogTable find(String name) {
        StreamDefinition stream = catalog.stream(name);
        if (stream != null) {
            return new CatalogTable(
                    this, stream.name(), with(stream.columns(), SystemColumns.ALL), true, stream.rowtime(), factory);
        }
        TableDefinition table = catalog.table(name);
        if (table != null) {
            RowType columns = slots ? with(table.columns(), List.of(SystemColumns.TABLE_SLOT)) : table.columns();
            return new CatalogTable(this, table.name(), columns, false, new Rowtime.Changing(true), factory);
        }
        ViewDefinition view = catalog.view(name);
        return view == null
                ? external(name)
                : new CatalogTable(this, view.name(), view.columns(), false, view.changes(), factory);
    }

    private @Nullable CatalogTable external(String name) {
        if (endless && (ExternalTable.isUrl(name) || catalog.externalTable(name) != null)) {
            ExternalTable known = ExternalTable.isUrl(name) ? null : catalog.externalTable(name);
            if (known != null && known.ofDatabase()) {
                return new CatalogTable(this, known.name(), known.columns(), false, new Rowtime.Asked(false), factory);
            }
            if (known != null && known.watched()) {
                RowType columns = with(known.columns(), SystemColumns.ALL);
                return new CatalogTable(this, known.name(), columns, true, known.rowtime(), factory);
            }
            boolean table = known == null ? ExternalTable.isIceberg(name) : known.ofIceberg();
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    (table ? "tables of Iceberg" : "files") + " are read by queries that end, and this one goes on: '"
                            + ShownUrl.of(name) + "'",
                    table
                            ? "copy its rows into a stream with INSERT INTO stream SELECT … FROM it, and read that"
                            : "have new files looked for with CREATE EXTERNAL TABLE name FROM 'url' WITH"
                                    + " (watch_interval = '10 s'), or copy what is there into a stream with COPY stream"
                                    + " FROM 'url', and read that");
        }
        ExternalTable table = catalog.externalTable(name);
        return table == null
                ? null
                : new CatalogTable(this, table.name(), table.columns(), false, new Rowtime.Changing(false), factory);
    }

    private static RowType with(RowType columns, List<Field> added) {
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.addAll(added);
        return new RowType(fields);
    }

    @Override
    public @Nullable CatalogTable getTableForMember(List<String> names) {
        return getTable(names);
    }

    @Override
    public MillraceTypeFactory getTypeFactory() {
        return factory;
    }

    @Override
    public void registerRules(RelOptPlanner planner) {}

    @Override
    public @Nullable RelDataType getNamedType(SqlIdentifier typeName) {
        return null;
    }

    @Override
    public List<SqlMoniker> getAllSchemaObjectNames(List<String> names) {
        return List.of();
    }

    @Override
    public List<List<String>> getSchemaPaths() {
        return List.of(List.of());
    }

    @Override
    @Deprecated
    public @Nullable RelDataTypeField field(RelDataType rowType, String alias) {
        return matcher.field(rowType, alias);
    }

    @Override
    public SqlNameMatcher nameMatcher() {
        return matcher;
    }

    @Override
    @Deprecated
    public boolean matches(String string, String name) {
        return matcher.matches(string, name);
    }

    @Override
    public RelDataType createTypeFromProjection(RelDataType type, List<String> columnNames) {
        return SqlValidatorUtil.createTypeFromProjection(type, columnNames, factory, matcher.isCaseSensitive());
    }

    @Override
    @Deprecated
    public boolean isCaseSensitive() {
        return matcher.isCaseSensitive();
    }

    @Override
    public CalciteSchema getRootSchema() {
        return root;
    }

    @Override
    public CalciteConnectionConfig getConfig() {
        return CONFIG;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operatorList,
            SqlNameMatcher nameMatcher) {
        operators.lookupOperatorOverloads(name, category, syntax, operatorList, nameMatcher);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators.getOperatorList();
    }

    @Override
    public Prepare.CatalogReader withSchemaPath(List<String> schemaPath) {
        return this;
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }
}
