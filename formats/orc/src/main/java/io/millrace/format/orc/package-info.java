/**
 * Rows as ORC files, written from and read into columns.
 *
 * <p>No row objects exist on either way. Writing, a {@link io.millrace.format.orc.Filler} per field copies a column's
 * arrays into a vector, which orc-core's writer encodes, compresses and counts statistics of. Reading, a {@link
 * io.millrace.format.orc.Taker} per field copies a vector's arrays into a column.
 *
 * <pre>
 *   RowBatch → Filler → vectors → WriterImpl → streams of a stripe → file
 *   RowBatch ← Taker  ← vectors ← RecordReader ← streams of a stripe ← ChannelFileSystem
 * </pre>
 *
 * <p>orc-core is made of Hadoop's types. Of Hadoop there are just its common classes here and the few jars that those
 * load to hold settings; no file system is looked up, no login, no configuration file. All of it is loaded when the
 * first ORC file is opened: {@link io.millrace.format.orc.OrcFormat} names none of it.
 *
 * <p>How types lie in a file: integers, floats, BOOLEAN, DATE, DECIMAL, ARRAY, MAP and ROW as ORC's own; TIMESTAMP as
 * {@code timestamp} written in UTC, with a zone as {@code timestamp with local time zone}; VARCHAR(n) and CHAR(n) as
 * those where Hive's are long enough, text without a length as {@code string}; TIME as a {@code bigint} of
 * microseconds with Iceberg's attribute for it, which also says what is NOT NULL. An INTERVAL is refused.
 */
@NullMarked
package io.millrace.format.orc;

import org.jspecify.annotations.NullMarked;
