/**
 * How the driver gets at an engine in its own process. The engine's jar brings an {@link
 * io.millrace.jdbc.embedded.EmbeddedEngines}, found by {@link java.util.ServiceLoader}; without it the driver serves
 * remote URLs only.
 */
@NullMarked
package io.millrace.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
