/** Programs to start from. The tests run each of them. */
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;
