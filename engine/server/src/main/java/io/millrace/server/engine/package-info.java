/**
 * The wiring: the one place where log, SQL, runtime, delivery, formats and connectors meet.
 *
 * <p>{@link io.millrace.server.engine.Engine} opens a data directory and runs what its catalog holds. A
 * stream's log becomes the runtime's source ({@link io.millrace.server.engine.StreamSource}) and sink
 * ({@link io.millrace.server.engine.StreamSink}); what cannot be used goes to the error stream ({@link
 * io.millrace.server.engine.ErrorStream}). No algorithm lives here, and threads start here and in the
 * gateways only.
 */
@NullMarked
package io.millrace.server.engine;

import org.jspecify.annotations.NullMarked;
