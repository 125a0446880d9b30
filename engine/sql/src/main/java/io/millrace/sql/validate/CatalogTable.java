package io.millrace.sql.validate;

import io.millrace.plan.Rowtime;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.List;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelDistribution;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlAccessType;
import org.apache.calcite.sql.validate.SqlModality;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A stream, table or materialized view as Calcite sees it. A stream's system columns stand behind its own, and a table's
 * slots where a statement changes its rows.
 */
public final class CatalogTable extends Prepare.AbstractPreparingTable {

    private final RelOptSchema schema;
    private final String name;
    private final RowType columns;
    private final boolean stream;
    private final Rowtime rowtime;
    private final RelDataType rowType;

    CatalogTable(
            RelOptSchema schema,
            String name,
            RowType columns,
            boolean stream,
            Rowtime rowtime,
            MillraceTypeFactory factory) {
        this.schema = schema;
        this.name = name;
        this.columns = columns;
        this.stream = stream;
        this.rowtime = rowtime;
        this.rowType = Types.relation(columns.fields(), factory);
    }

    /** Returns the name, as it was declared. */
    public String name() {
        return name;
    }

    /** Returns all columns, system columns included. */
    public RowType columns() {
        return columns;
    }

    /** Returns whether a column of it is one that nobody declared, which a star leaves out. */
    boolean hides(String column) {
        return stream ? SystemColumns.find(column) != null : column.equals(SystemColumns.TABLE_SLOT.name());
    }

    /** Returns whether its rows come and go where a query goes on, as those of a table do. */
    public boolean changing() {
        return rowtime instanceof Rowtime.Changing;
    }

    /** Returns whether it is a stream, and neither a view nor a table. */
    public boolean stream() {
        return stream;
    }

    public Rowtime rowtime() {
        return rowtime;
    }

    @Override
    public RelDataType getRowType() {
        return rowType;
    }

    @Override
    public List<String> getQualifiedName() {
        return List.of(name);
    }

    @Override
    public RelOptSchema getRelOptSchema() {
        return schema;
    }

    @Override
    public RelNode toRel(ToRelContext context) {
        return LogicalTableScan.create(context.getCluster(), this, context.getTableHints());
    }

    @Override
    public double getRowCount() {
        return 1_000_000;
    }

    @Override
    public SqlMonotonicity getMonotonicity(String columnName) {
        return SqlMonotonicity.NOT_MONOTONIC;
    }

    @Override
    public SqlAccessType getAllowedAccess() {
        return SqlAccessType.ALL;
    }

    @Override
    public boolean supportsModality(SqlModality modality) {
        return true;
    }

    @Override
    public boolean isTemporal() {
        return true;
    }

    @Override
    public @Nullable List<RelCollation> getCollationList() {
        return List.of();
    }

    @Override
    public @Nullable RelDistribution getDistribution() {
        return null;
    }

    @Override
    public boolean isKey(ImmutableBitSet keyColumns) {
        return false;
    }

    @Override
    public @Nullable List<ImmutableBitSet> getKeys() {
        return List.of();
    }

    @Override
    public @Nullable List<RelReferentialConstraint> getReferentialConstraints() {
        return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Expression getExpression(Class clazz) {
        return null;
    }

    @Override
    public List<ColumnStrategy> getColumnStrategies() {
        return java.util.Collections.nCopies(columns.size(), ColumnStrategy.NULLABLE);
    }

    @Override
    protected RelOptTable extend(Table extendedTable) {
        throw new UnsupportedOperationException("extended columns");
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> type) {
        if (type == Table.class) {
            return type.cast(new CatalogSchema.Entry(this));
        }
        return type.isInstance(this) ? type.cast(this) : null;
    }
}
