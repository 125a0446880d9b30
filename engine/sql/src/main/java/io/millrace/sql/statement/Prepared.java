package io.millrace.sql.statement;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A planned statement and what is known of it before it runs.
 *
 * @param parameterTypes types of its parameters
 * @param rowType type of the rows it answers with, or null where it answers with none
 */
public record Prepared(
        Statement statement,
        List<DataType> parameterTypes,
        @Nullable RowType rowType) {}
