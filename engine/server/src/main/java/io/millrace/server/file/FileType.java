package io.millrace.server.file;

import io.millrace.spi.type.DataType.RowType;

/**
 * What one file holds.
 *
 * @param columns its own columns; of text a guess
 * @param rows how many rows it has, or -1 where only reading it tells
 * @param header whether its first line names the columns
 */
record FileType(RowType columns, long rows, boolean header) {}
