/** How result columns are called. */
@NullMarked
package io.millrace.sql.label;

import org.jspecify.annotations.NullMarked;
