/**
 * The contracts of formats: how rows become bytes and bytes become rows.
 *
 * <p>A {@link io.millrace.spi.format.RecordFormat} deals with one record of a stream at a time (JSON, CSV,
 * lines); a {@link io.millrace.spi.format.FileFormat} with files of many rows (Parquet). Both are found
 * with {@link java.util.ServiceLoader}. A {@link io.millrace.spi.format.TableFileFormat} is one that tables are made of.
 */
@NullMarked
package io.millrace.spi.format;

import org.jspecify.annotations.NullMarked;
