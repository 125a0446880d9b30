/** Statements that are more than a query: what they create, from their trees and the catalog. */
@NullMarked
package io.millrace.sql.define;

import org.jspecify.annotations.NullMarked;
