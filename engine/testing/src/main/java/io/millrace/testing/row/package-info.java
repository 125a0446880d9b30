/** Rows for tests: random ones of any type, by seed, and rows as comparable values. */
@NullMarked
package io.millrace.testing.row;

import org.jspecify.annotations.NullMarked;
