package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens tables by URL. Found with {@link java.util.ServiceLoader}. */
public interface TableFactory {

    /** Returns the URL scheme it serves, such as {@code iceberg}. */
    String scheme();

    /** Returns the names of the options it has. */
    List<String> options();

    /**
     * Fails where {@link #open} would, and makes nothing.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} for a URL or an option it cannot use,
     *     {@code UNSUPPORTED} or {@code TYPE_MISMATCH} for columns that the table cannot have, {@code IO_ERROR} where
     *     the table cannot be asked
     */
    void check(TableSetup setup) throws IOException;

    /**
     * Returns the columns that the table has now.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where there is no such table; {@code
     *     UNSUPPORTED} where tables of this kind are not asked, or a column has a type that there is none for
     */
    default RowType columns(TableSetup setup) throws IOException {
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "tables of '" + scheme() + ":' are not asked for their columns",
                "deliver a stream or a query with columns");
    }

    /** Opens the table, made where it is missing, with columns for all that are delivered. */
    Table open(TableSetup setup) throws IOException;

    /** Returns what keeps the table in order beside the delivery, or null where the options want none of it. */
    @Nullable
    TableUpkeep upkeep(TableSetup setup);
}
