/**
 * A stand-in for Amazon Redshift, of which no copy runs on one's own machine: PostgreSQL behind a door that does the
 * loads.
 *
 * <pre>
 *   client ──► {@link io.millrace.testing.redshift.RedshiftDoor} ──► PostgreSQL
 *                │  COPY t FROM 's3://…manifest' … MANIFEST …   becomes COPY t FROM STDIN, in the same transaction
 *                ▼
 *              bucket
 * </pre>
 *
 * <p>All else goes through as it is. What Redshift has and PostgreSQL has not, savepoints the other way round, sort keys,
 * its types and its queues, is not here.
 */
@NullMarked
package io.millrace.testing.redshift;

import org.jspecify.annotations.NullMarked;
