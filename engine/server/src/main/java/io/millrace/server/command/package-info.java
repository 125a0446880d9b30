/**
 * The {@code millrace} command: each class with a name in {@code …Command} is one word behind it, and its help
 * says what it does.
 */
@NullMarked
package io.millrace.server.command;

import org.jspecify.annotations.NullMarked;
