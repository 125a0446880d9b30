/**
 * Plans and expressions as people read them: the tree that EXPLAIN shows.
 *
 * <p>The text is for eyes and for comparing; it is not read back. What is read back is JSON, in {@link
 * io.millrace.plan.json}.
 */
@NullMarked
package io.millrace.plan.text;

import org.jspecify.annotations.NullMarked;
