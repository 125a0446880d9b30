/**
 * The few things that the log asks of a file system, behind interfaces, so that a test can put a disk
 * there that is full, writes half, or forgets what was not forced.
 */
@NullMarked
package io.millrace.log.disk;

import org.jspecify.annotations.NullMarked;
