package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A compiled query over catalog relations. Immutable; may run in several threads. */
public final class CatalogQuery {

    private final Query query;
    private final RowType rowType;
    private final List<DataType> parameterTypes;

    private CatalogQuery(Query query, List<DataType> parameterTypes) {
        this.query = query;
        this.parameterTypes = parameterTypes;
        this.rowType = new RowType(query.columns().stream()
                .map(column -> Field.nullable(column.name(), column.type()))
                .toList());
    }

    /**
     * Compiles a query.
     *
     * @param parameterTypes types of its parameters as far as they are known
     * @throws MillraceException with the position where it is wrong
     */
    public static CatalogQuery compile(SqlNode tree, List<? extends @Nullable DataType> parameterTypes) {
        Parameters parameters = new Parameters(parameterTypes);
        Query query = new QueryCompiler(parameters).compile(tree, null);
        return new CatalogQuery(query, parameters.types());
    }

    public RowType rowType() {
        return rowType;
    }

    public List<DataType> parameterTypes() {
        return parameterTypes;
    }

    /**
     * Runs the query.
     *
     * @throws MillraceException where a value does not allow what the query does with it
     */
    public RowBatch rows(Context context) {
        try {
            return batch(context);
        } catch (ArithmeticException e) {
            throw new MillraceException(ErrorCode.NUMERIC_OVERFLOW, "number out of range", null, e);
        }
    }

    private RowBatch batch(Context context) {
        List<@Nullable Object[]> rows = query.rows(context, null);
        RowBatch batch = RowBatch.create(rowType, Math.max(1, rows.size()));
        for (@Nullable Object[] row : rows) {
            List<@Nullable Object> values = new ArrayList<>(row.length);
            for (int i = 0; i < row.length; i++) {
                values.add(Casts.to(rowType.field(i).type(), row[i]));
            }
            JavaValues.append(batch, values);
        }
        return batch;
    }
}
