/** Real data to try things on, where the machine has it. */
@NullMarked
package io.millrace.testing.data;

import org.jspecify.annotations.NullMarked;
