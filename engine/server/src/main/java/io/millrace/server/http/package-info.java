/** The HTTP door: whether the server is well. */
@NullMarked
package io.millrace.server.http;

import org.jspecify.annotations.NullMarked;
