/**
 * The one waist of Millrace: types, row batches, errors, and the contracts where all that is pluggable
 * meets. It depends on nothing of ours and on no library.
 */
@NullMarked
package io.millrace.spi;

import org.jspecify.annotations.NullMarked;
