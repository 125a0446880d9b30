/**
 * Endless queries that write somewhere and survive the process.
 *
 * <p>Exactly-once rests on three things: input that can be read again, steps that give the same rows when run again,
 * and a {@link io.millrace.spi.connector.Sink} that takes each step once.
 *
 * <pre>
 *   plan step ─► journal it ─► run it ─► force journal ─► sink.write(step) ─► durable ─► next step
 *                                                                               └─► now and then: checkpoint
 * </pre>
 *
 * <p>The journal holds what each step read, not what it computed: a few bytes. It is forced to disk before anything of
 * the step leaves the process, and so only for steps that put something out. A checkpoint holds the state of all
 * operators between two steps; with it the journal before is void. After a crash the newest checkpoint is loaded, the
 * journaled steps run again with just the input and the clock they had, and the sink drops what it has already.
 */
@NullMarked
package io.millrace.runtime.pump;

import org.jspecify.annotations.NullMarked;
