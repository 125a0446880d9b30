/** SQL types on both sides: {@link io.millrace.spi.type.DataType} and Calcite's. */
@NullMarked
package io.millrace.sql.type;

import org.jspecify.annotations.NullMarked;
