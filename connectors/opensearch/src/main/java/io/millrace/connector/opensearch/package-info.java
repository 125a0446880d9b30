/**
 * Indexes of OpenSearch and Elasticsearch: {@code opensearch+https://host:9200/index}.
 *
 * <pre>
 *   POST /_bulk                                                 {@link io.millrace.connector.opensearch.BulkBody}
 *   {"create":{"_index":"trades-2026-01","_id":"…"}}            {@link io.millrace.connector.opensearch.IndexRotation}
 *   {"ticker":"ACME",…}
 *
 *   each item:  2xx, and 409 to create      there               {@link io.millrace.connector.opensearch.BulkAnswer}
 *               429, 5xx, 401, 403, 404     to be sent again
 *               any other                   never taken
 * </pre>
 *
 * <p>A document's id says which row it is: a column of it, or else the delivery and the row's origin. The same row has the
 * same id and goes into the same index whenever it is sent, so each is there once, however often it is sent. It is not
 * called exactly-once: somebody may have deleted a document between two attempts.
 */
@NullMarked
package io.millrace.connector.opensearch;

import org.jspecify.annotations.NullMarked;
