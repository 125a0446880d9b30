package io.millrace.plan;

import io.millrace.plan.expression.UserFunction;

/**
 * An aggregate function that somebody wrote in Java.
 *
 * @param retracts whether rows can be taken back
 */
public record UserAggregate(UserFunction function, boolean retracts) {}
