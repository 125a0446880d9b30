/**
 * Running a SELECT: {@link io.millrace.runtime.query.RunningQuery} gives its rows as they are produced. Nothing of it
 * outlives the process.
 */
@NullMarked
package io.millrace.runtime.query;

import org.jspecify.annotations.NullMarked;
