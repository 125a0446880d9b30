/**
 * The state of queries on disk: checkpoints that write only what has changed since the one before, beside the thread that
 * runs the query.
 *
 * <p>What an operator stores is cut into chunks where its bytes say so, not at fixed places, so a change moves no other
 * boundary; a chunk that is on disk already is named and not written again. See decision 27.
 */
@NullMarked
package io.millrace.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
