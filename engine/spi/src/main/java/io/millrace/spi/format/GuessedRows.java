package io.millrace.spi.format;

import io.millrace.spi.type.DataType.RowType;

/**
 * What records seem to hold.
 *
 * @param type columns that they can be read as
 * @param header whether the first of them names the columns and is no row
 */
public record GuessedRows(RowType type, boolean header) {}
