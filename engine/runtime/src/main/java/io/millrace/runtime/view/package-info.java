/**
 * Materialized views: the answer of an endless query, kept in memory and up to date.
 *
 * <p>A {@link io.millrace.runtime.view.ViewTask} is a pump whose sink is a {@link
 * io.millrace.runtime.view.MaterializedRows}; the rows are part of its checkpoints. A reader sees the answer as it was
 * between two steps.
 */
@NullMarked
package io.millrace.runtime.view;

import org.jspecify.annotations.NullMarked;
