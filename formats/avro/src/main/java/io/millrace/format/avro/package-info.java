/**
 * Avro: object container files, and records that say by an id which schema wrote them.
 *
 * <p>A {@link io.millrace.format.avro.Node} tree is made of an Avro schema and moves values between columns and Avro's
 * binary form, without objects in between. The writer makes its schema of the row type first, so both directions go
 * by the same tree.
 *
 * <p>What Avro has no word for stands in properties of the schema, which other readers pass over: {@code sql-type} tells
 * TINYINT and SMALLINT from INTEGER, {@code column-name} has the name of a column that Avro would not allow. A MAP whose
 * keys are no text is an array of entries with {@code logicalType} {@code map}, as Iceberg writes it.
 */
@NullMarked
package io.millrace.format.avro;

import org.jspecify.annotations.NullMarked;
