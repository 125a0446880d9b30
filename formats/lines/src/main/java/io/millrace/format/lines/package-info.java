/**
 * Records as they are: the whole record is the value of the one column, whatever its name.
 *
 * <p>The column is VARCHAR or CHAR, for which a record must be UTF-8, or VARBINARY. Nothing is cut off, line
 * ends included. Records have no form for NULL: the encoder writes an empty record, which reads as an empty
 * value.
 */
@NullMarked
package io.millrace.format.lines;

import org.jspecify.annotations.NullMarked;
