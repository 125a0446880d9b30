/**
 * PostgreSQL's catalog, {@code pg_catalog} and {@code information_schema}, over what exists in Millrace: so that psql,
 * JDBC drivers and the tools above them find streams and views with the queries they have always sent.
 *
 * <p>{@link io.millrace.sql.system.SystemCatalog} is the entry.
 */
@NullMarked
package io.millrace.sql.system;

import org.jspecify.annotations.NullMarked;
