/**
 * Containers of Azure Blob Storage as object stores: {@code azure://container/prefix}.
 *
 * <p>A staged file is blocks that are not committed. Nobody sees them before they are, they survive whoever wrote them, and
 * the container lists them under the name of the blob that they are for. What they are, their own names say, since Azure
 * tells those and nothing else of a block:
 *
 * <pre>
 *   millrace.UPLOAD.p.00000   a part that others follow
 *   millrace.UPLOAD.z.00001   the last part: it is written when all before it are there, so an upload is whole exactly
 *                             where it has one
 *   millrace.UPLOAD.e.00000   the same of an empty file; no part of it
 *   millrace.UPLOAD.x.00000   the upload is dropped
 * </pre>
 *
 * <p>The parts of one upload become the blob, if nothing is there under its name ({@code If-None-Match: *}); with that Azure
 * forgets all other blocks. Where the answer to it is lost and it is tried again, the container says either that there are
 * no such blocks or that the blob is there; both mean that it is done. So a file that is published twice is one blob,
 * written once.
 *
 * <p>Blocks cannot be deleted: to drop an upload is to note that it is, with one more block. What is neither committed nor
 * written to for a week Azure forgets, dropped or not; a file that is sealed and not published for so long is lost.
 */
@NullMarked
package io.millrace.connector.azure;

import org.jspecify.annotations.NullMarked;
