/** Types brought together: where a plan needs a cast, where it does not, and which casts of constants are done at once. */
@NullMarked
package io.millrace.sql.coercion;

import org.jspecify.annotations.NullMarked;
