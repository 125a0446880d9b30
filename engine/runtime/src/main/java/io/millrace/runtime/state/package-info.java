/**
 * Keyed state on primitive arrays.
 *
 * <p>A {@link io.millrace.runtime.state.GroupTable} gives each key a small number, the <em>group</em>; whoever keeps
 * something per key keeps it in arrays by that number. There is no object per key. {@link
 * io.millrace.runtime.state.StateWriter} and {@link io.millrace.runtime.state.StateReader} carry state into
 * checkpoints and back. Nothing here is safe for use by several threads at once.
 */
@NullMarked
package io.millrace.runtime.state;

import org.jspecify.annotations.NullMarked;
