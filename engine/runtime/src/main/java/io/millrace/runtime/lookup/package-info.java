/**
 * Lookups in tables of other systems: what is kept of their answers, and how they are asked.
 *
 * <pre>
 *   rows that come ──► keys ──► {@link io.millrace.runtime.lookup.AnswerCache} ── keys that it lacks ──► the other system
 *                                      │                                                   ▲
 *                                      ▼                                   {@link io.millrace.runtime.lookup.PatientLookup}
 *                                   pairs
 * </pre>
 *
 * <p>What is kept goes by the clock of steps alone, so that a step which is taken again finds what it found.
 */
@NullMarked
package io.millrace.runtime.lookup;

import org.jspecify.annotations.NullMarked;
