/** Rows of bounded queries that do not fit the memory they may use, on disk for as long as the query runs. */
@NullMarked
package io.millrace.runtime.spill;

import org.jspecify.annotations.NullMarked;
