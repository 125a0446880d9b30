/** Turning generated Java source into classes, for rooms that specialise code but hold no compiler. */
@NullMarked
package io.millrace.spi.code;

import org.jspecify.annotations.NullMarked;
