/**
 * Values that rows get from the rows around them: partitions as sequences of rows in order, frames that move along them,
 * and the functions over frames.
 */
@NullMarked
package io.millrace.runtime.over;

import org.jspecify.annotations.NullMarked;
