/**
 * The operators of a plan.
 *
 * <p>An {@link io.millrace.runtime.operator.Operator} works in steps and is pulled: {@code begin} tells the scans what to
 * read, then the root is asked for batches until it has none. At the end of a step each operator knows, column by
 * column, below which time no row follows; windows go by that.
 *
 * <pre>
 *   begin(step) ─► next() ─► batch, batch, … null ─► bound(column), save()
 * </pre>
 *
 * <p>What a step does depends on nothing but its {@link io.millrace.runtime.operator.StepPlan}, the input it names and
 * the state before it. So a step can be run again after a crash and gives the same rows.
 *
 * <p>In an endless query the operators that go by a key are there several times, each for some of the keys, so that threads
 * can share the work: see {@link io.millrace.runtime.operator.LanesOperator}.
 *
 * <p>A bounded query is one step over all there is, after which no time is to come: everything closes, and no row is
 * late.
 */
@NullMarked
package io.millrace.runtime.operator;

import org.jspecify.annotations.NullMarked;
