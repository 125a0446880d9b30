/**
 * Buckets of S3, and of what speaks its protocol, as object stores: {@code s3://bucket/prefix}.
 *
 * <p>A staged file is a multipart upload. Nobody sees it before it is completed, it survives whoever began it, and
 * the bucket lists it. What is sealed must be told from what a crash cut off, without another object beside it:
 *
 * <pre>
 *   written   part 2 │ part 3 │ …            part 1 is kept in memory: the file's first bytes
 *   sealed    part 1 │ part 2 │ part 3 │ …   its upload is the last one, so an upload is whole
 *                                            exactly where it has a part 1
 *   visible   completed, if nothing is there under this name
 * </pre>
 *
 * <p>Completing is conditional ({@code If-None-Match: *}). Where the answer to it is lost and it is tried again, the
 * bucket says either that there is no such upload or that the object is there; both mean that it is done. So a file
 * that is published twice is one object, written once.
 *
 * <p>Uploads that a crash left are listed by {@code staged} and aborted by {@code discard}. A lifecycle rule of the
 * bucket that aborts incomplete uploads must wait longer than files stay open, or they are lost and written again.
 */
@NullMarked
package io.millrace.connector.s3;

import org.jspecify.annotations.NullMarked;
