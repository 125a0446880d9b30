/** What exists: streams, pumps, materialized views and deliveries, as plain values. */
@NullMarked
package io.millrace.sql.catalog;

import org.jspecify.annotations.NullMarked;
