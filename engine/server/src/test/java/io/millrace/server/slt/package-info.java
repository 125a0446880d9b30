/**
 * Scripts of SQL with what it answers, in files {@code src/test/resources/slt/*.slt}: one engine for each file. {@link
 * io.millrace.server.slt.ScriptFile} says what may stand in one, and {@link io.millrace.server.slt.ScriptRun} does it.
 */
@NullMarked
package io.millrace.server.slt;

import org.jspecify.annotations.NullMarked;
