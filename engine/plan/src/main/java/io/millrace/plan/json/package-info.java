/**
 * Plans as JSON: how they are stored beside a query's state, and sent where they run.
 *
 * <p>Each node, expression and type is an object whose {@code "node"}, {@code "kind"} or {@code "type"} says which
 * record it is; the rest are the record's components under their names. {@link io.millrace.plan.json.PlanJson}
 * is the entry. There is no reflection: a new record does not compile until it is written here, and
 * is not read until it is read here.
 */
@NullMarked
package io.millrace.plan.json;

import org.jspecify.annotations.NullMarked;
