package io.millrace.runtime.query;

import io.millrace.runtime.operator.StepPlan;

/**
 * Where the answer of an endless query can be gone on from, in another life of it or of the server.
 *
 * @param step the step that gave rows last, or one that reads nothing where the answer begins
 * @param rows how many rows of the step are not wanted again
 */
public record ResumePoint(StepPlan step, long rows) {}
