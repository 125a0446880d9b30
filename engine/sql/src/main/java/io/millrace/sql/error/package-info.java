/** Calcite's complaints in our words: a code, a phrase, the place, and what to do. */
@NullMarked
package io.millrace.sql.error;

import org.jspecify.annotations.NullMarked;
