/**
 * Reads data that another schema wrote into columns.
 *
 * <p>A {@link io.millrace.format.avro.resolve.ValueReader} tree is made of the writer's schema and the columns' types, so
 * a value goes from its bytes into its column without anything in between, whatever lies between the two: fields that the
 * writer has and the columns have not are passed over, those that it lacks get the default of the reader's schema or
 * NULL, numbers become wider, times change their unit. What cannot become a column fails the record, with the column's
 * name.
 */
@NullMarked
package io.millrace.format.avro.resolve;

import org.jspecify.annotations.NullMarked;
