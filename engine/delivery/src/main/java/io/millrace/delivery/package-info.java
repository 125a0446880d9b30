/**
 * Putting a stream's rows into files, each row exactly once.
 *
 * <p>A {@link io.millrace.delivery.Delivery} reads the splits of a {@link io.millrace.spi.connector.Source} and
 * writes, for each split, one range of positions after the other into files of an {@link
 * io.millrace.spi.connector.ObjectStore}. A range, {@code [from, to)}, has one file, or one for each partition that
 * has rows in it; the next one begins where it ends. It has no threads: {@link
 * io.millrace.delivery.Delivery#step()} does a bounded amount of work whenever it is called.
 *
 * <h2>The protocol</h2>
 *
 * <pre>
 *   state      what is true                                  after a crash
 *   ─────────  ────────────────────────────────────────────  ────────────────────────────────────
 *   open       rows go into a staged file                    dropped, its range is read again
 *     │ seal: bytes durable
 *   sealed     the file is whole, nobody sees it             dropped, its range is read again
 *     │ intent: range and names durable in the journal, in one entry
 *   committed  the range belongs to these files for ever     published
 *     │ publish: may be repeated
 *   visible    readers see the file                          published again, which does nothing
 *     │ note in the journal
 *   done       forgotten                                     nothing to do
 * </pre>
 *
 * <p>The one step that decides is the intent. Before it the range belongs to nobody and is read again; from it on
 * the file is durable and will become visible under the name that the intent says, however often that takes.
 * So each position lies in exactly one committed file, and a reader of the store sees each row at most once at
 * any moment and exactly once in the end. {@link io.millrace.delivery.Delivery#safePosition} is the end of the
 * last committed range: what lies before it, the source need not keep for us.
 *
 * <p>A name says where the file's rows come from: {@code trades-1f3a9c2e-shardId-000000000000-0000000000000001000}
 * holds rows of that shard from position 1000 on. The second part is drawn once in a delivery's life, so that one
 * which is dropped and made again never touches its predecessor's files. A second attempt at a range has the
 * name of the first and replaces what that one staged.
 *
 * <p>A partition that would be one too many ends the range, so the files that are open are bounded whatever the rows
 * say. All files of a range are ended together: a position belongs to one range and not to one for each partition.
 *
 * <p>Entries that cannot be read as rows, and rows that the format cannot write, are counted and handed to a
 * consumer when they are met. A range that is read again after a crash hands them out again. Where they have a prefix
 * of their own they also go into a file of the range, each exactly once.
 */
@NullMarked
package io.millrace.delivery;

import org.jspecify.annotations.NullMarked;
