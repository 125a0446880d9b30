/** The one place that touches Janino: compiling generated Java source in memory. */
@NullMarked
package io.millrace.runtime.code;

import org.jspecify.annotations.NullMarked;
