/** What exists: streams, tables, pumps, materialized views, deliveries and functions, as plain values. */
@NullMarked
package io.millrace.sql.catalog;

import org.jspecify.annotations.NullMarked;
