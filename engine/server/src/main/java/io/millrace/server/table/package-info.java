/**
 * Tables on disk: each is a shard of changes, and its rows in memory.
 *
 * <pre>
 *   log of a table   │ +a 1 │ +b 1 │ −b 1 +b 2 │ ⟦ a 1  b 2 ⟧ │ −a 1 │ +c 1 │ …
 *                      INSERT        UPDATE       snapshot       DELETE  INSERT
 * </pre>
 *
 * <p>A statement is one append: all of it is there after a crash, or nothing. Statements that come while the disk is
 * busy share the next append. From time to time all rows are written once more, so that a start need not read what was
 * before, and the log can let go of it. Whoever follows a table, such as a view, reads the log: the last snapshot first,
 * where it is new, and then the changes; snapshots that come later are passed over.
 */
@NullMarked
package io.millrace.server.table;

import org.jspecify.annotations.NullMarked;
