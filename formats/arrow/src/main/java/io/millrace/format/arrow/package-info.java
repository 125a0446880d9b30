/**
 * Arrow IPC: columns as they lie in memory, as a file ({@code arrow}) or a stream ({@code arrow-stream}).
 *
 * <pre>
 *   stream:                 schema message │ record batch message … │ end marker
 *   file:    ARROW1 padding │ …a stream… │ footer │ its length │ ARROW1
 *   message: -1 │ length of metadata │ metadata, a flat buffer │ body: the buffers, each padded to 8 bytes
 * </pre>
 *
 * <p>A column of a {@link io.millrace.spi.row.RowBatch} and an Arrow vector differ little, so what is written is
 * mostly copied in bulk. A tree of {@link io.millrace.format.arrow.Vector}s gathers rows, and {@link
 * io.millrace.format.arrow.BatchMessage} makes a message of them. Reading goes the other way, by a tree of {@link
 * io.millrace.format.arrow.VectorReader}s; text is not copied out of the message's body.
 *
 * <p>Of Arrow's own library only the flat buffers' classes are used: its memory and vectors ask for JVM flags.
 */
@NullMarked
package io.millrace.format.arrow;

import org.jspecify.annotations.NullMarked;
