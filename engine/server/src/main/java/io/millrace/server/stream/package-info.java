/** What a door for records sees of the engine: streams by name, and their logs. */
@NullMarked
package io.millrace.server.stream;

import org.jspecify.annotations.NullMarked;
