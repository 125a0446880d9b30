package io.millrace.delivery.transform;

import io.millrace.spi.type.DataType.RowType;
import java.util.function.Consumer;

/**
 * How a table comes by its columns where records say them.
 *
 * @param exists whether the table is there; it is made of the first record otherwise
 * @param evolves whether it gets a column for each new key of a record
 * @param check fails where the table could not have such columns, as {@link
 *     io.millrace.spi.connector.TableFactory#check} does, and makes nothing
 */
public record TableGrowth(boolean exists, boolean evolves, Consumer<RowType> check) {}
