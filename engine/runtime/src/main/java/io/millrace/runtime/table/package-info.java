/**
 * Tables in memory: rows that statements add, change and take out.
 *
 * <p>A row lies in a slot and is never written over: what changes it marks its slot as gone and puts the new row into a
 * new slot. So whoever reads a {@link io.millrace.runtime.table.TableVersion} sees the table of one moment, copies
 * nothing and holds nobody up. Slots of rows that are gone are given back by copying, when they are many.
 *
 * <pre>
 *   slot     0      1      2      3        4
 *   row      │ a 1  │ b 1  │ c 1  │ b 2  │ d 1
 *   gone in  │      │  2   │      │      │          version 2: UPDATE … SET n = 2 WHERE k = 'b'
 *                                 ▲      ▲
 *              version 1 ends here│      │version 2 ends here
 * </pre>
 */
@NullMarked
package io.millrace.runtime.table;

import org.jspecify.annotations.NullMarked;
