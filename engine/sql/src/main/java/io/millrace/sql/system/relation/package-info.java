/**
 * The relations of {@code pg_catalog} and {@code information_schema}: what columns they have, which PostgreSQL clients
 * rely on, and what rows, computed from the catalog.
 *
 * <p>Names, types and numbers of relations and types are PostgreSQL's, in two resource files; a driver that knows type
 * 23 to be {@code int4} is right here too. {@link io.millrace.sql.system.relation.Snapshot} has the rows.
 */
@NullMarked
package io.millrace.sql.system.relation;

import org.jspecify.annotations.NullMarked;
