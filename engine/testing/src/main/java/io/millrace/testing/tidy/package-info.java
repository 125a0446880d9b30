/**
 * House checks: what a reader of the code relies on and no compiler holds. The rules for classes and packages
 * ({@link io.millrace.testing.tidy.ArchitectureRules}) run where all classes are on the class path; those for
 * files run here.
 */
@NullMarked
package io.millrace.testing.tidy;

import org.jspecify.annotations.NullMarked;
