/**
 * The contracts of what rows come from and go to.
 *
 * <p>A {@link io.millrace.spi.connector.Source} feeds a scan of a plan, a {@link
 * io.millrace.spi.connector.Sink} takes what a running query puts out, step by step. An {@link
 * io.millrace.spi.connector.ObjectStore} is where deliveries put files, a {@link io.millrace.spi.connector.Table} one
 * whose files are rows of a table, and a {@link io.millrace.spi.connector.Receiver} takes records.
 */
@NullMarked
package io.millrace.spi.connector;

import org.jspecify.annotations.NullMarked;
