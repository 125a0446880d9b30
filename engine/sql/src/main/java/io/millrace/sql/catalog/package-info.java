/** What exists: streams, pumps, materialized views, deliveries and functions, as plain values. */
@NullMarked
package io.millrace.sql.catalog;

import org.jspecify.annotations.NullMarked;
