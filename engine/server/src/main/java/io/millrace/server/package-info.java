/**
 * The program as a whole: {@link io.millrace.server.MillraceServer} opens the engine and its doors, {@link
 * io.millrace.server.ServerSettings} says where.
 */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
