/**
 * Endpoints that speak version 1.0 of Data Firehose's HTTP delivery protocol: {@code https://host/path}.
 *
 * <pre>
 *   POST /path                                       {@link io.millrace.connector.http.RequestBody}
 *   X-Amz-Firehose-Protocol-Version: 1.0
 *   X-Amz-Firehose-Request-Id: ‹batch id, the same whenever the batch is sent›
 *   X-Amz-Firehose-Source-Arn, -Access-Key, -Common-Attributes
 *   {"requestId": …, "timestamp": …, "records": [{"data": "‹base64›"}, …]}
 *
 *   200 {"requestId": ‹the same›, "timestamp": …}     taken
 *   413                                              never taken
 *   anything else                                    to be sent again    {@link io.millrace.connector.http.FirehoseAnswer}
 * </pre>
 *
 * <p>Where Firehose drops a batch that is too large for its endpoint (413), here its records are reported as refused, so
 * that they go where refused records go.
 */
@NullMarked
package io.millrace.connector.http;

import org.jspecify.annotations.NullMarked;
