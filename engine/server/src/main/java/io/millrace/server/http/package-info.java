/** The HTTP door: answers to statements, in package {@code query}, and whether the server is well. */
@NullMarked
package io.millrace.server.http;

import org.jspecify.annotations.NullMarked;
