/**
 * What a door for SQL sees of the engine: sessions, prepared statements and cursors. The gateways and the
 * embedded driver use it; the wiring implements it.
 */
@NullMarked
package io.millrace.server.session;

import org.jspecify.annotations.NullMarked;
