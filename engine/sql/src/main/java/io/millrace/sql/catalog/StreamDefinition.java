package io.millrace.sql.catalog;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;

/**
 * A stream: a log with a declared row type.
 *
 * @param name name, in the case it was created with; found whatever the case
 * @param columns declared columns
 * @param rowtime how its rows' ROWTIME is bounded
 * @param options what its {@code WITH} says: {@code format} and the format's own, {@code shards}, {@code
 *     retention}, {@code partition_key}
 */
public record StreamDefinition(String name, RowType columns, Rowtime rowtime, Options options) {

    /** Returns it with its passwords and keys hidden, for people. */
    public StreamDefinition withoutSecrets() {
        return new StreamDefinition(name, columns, rowtime, options.withoutSecrets());
    }
}
