/**
 * Tables of databases: {@code jdbc:postgresql://host/database}, and whatever else has a JDBC driver on the class path.
 *
 * <pre>
 *   a batch, in one transaction:                                          {@link io.millrace.connector.jdbc.TableReceiver}
 *     note the batch's name in the offsets table, if the epoch is ours    {@link io.millrace.connector.jdbc.Offsets}
 *     write its rows, all together                                        {@link io.millrace.connector.jdbc.RowWriter}
 *       where that fails for a row's sake: halves of them, and so on      {@link io.millrace.connector.jdbc.Placement}
 *     note which rows the table refuses
 *   commit
 * </pre>
 *
 * <p>A batch that is given again finds its name in the offsets table and answers what was answered then, so each row is
 * there exactly once. A sender takes the next epoch when it connects for the first time in its life; one that went
 * before it and still runs finds that the epoch is no longer its own, and writes nothing more.
 *
 * <p>What databases do in different ways is in {@link io.millrace.connector.jdbc.Dialect}. PostgreSQL gets rows by
 * {@code COPY}, the others by prepared statements.
 */
@NullMarked
package io.millrace.connector.jdbc;

import org.jspecify.annotations.NullMarked;
