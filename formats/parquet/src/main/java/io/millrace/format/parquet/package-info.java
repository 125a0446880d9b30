/**
 * Rows as Parquet files, written from and read into columns.
 *
 * <p>No row objects exist on either way. Writing, a {@link io.millrace.format.parquet.Shredder} per field
 * walks the arrays of a column and hands values with their repetition and definition levels to
 * parquet-java's column writers, which encode, compress and count statistics. Reading, a {@link
 * io.millrace.format.parquet.PageChunk} per column hands decompressed pages to parquet-java's column
 * readers, and an {@link io.millrace.format.parquet.Assembler} per field puts values and levels together
 * into a column.
 *
 * <pre>
 *   RowBatch → Shredder → ColumnWriter → pages → Codec → file
 *   RowBatch ← Assembler ← ColumnReader ← PageChunk ← Codec ← file
 * </pre>
 *
 * <p>Hadoop is not needed: the stock codecs and the stock file reader are what links to it, and {@link
 * io.millrace.format.parquet.Codec} and {@link io.millrace.format.parquet.PageChunk} stand in for them. The
 * tests of this module run without Hadoop on the class path.
 *
 * <p>How types lie in a file: TINYINT, SMALLINT, INTEGER and BIGINT as INT32 and INT64; DECIMAL as INT32 (up to
 * 9 digits), INT64 (18) or as few bytes as hold it; TIME and TIMESTAMP as INT64 microseconds, adjusted to UTC where the type is
 * zoned; character types as strings; ARRAY and MAP in the three-level form. An INTERVAL is refused: Parquet's
 * has neither sign nor microseconds.
 */
@NullMarked
package io.millrace.format.parquet;

import org.jspecify.annotations.NullMarked;
