/**
 * HTTP event collectors of Splunk: {@code splunk+https://host:8088}.
 *
 * <pre>
 *   POST /services/collector/event           {"event":…,"time":…,"source":…} {…}     {@link io.millrace.connector.splunk.EventBody}
 *   X-Splunk-Request-Channel: ‹a UUID of the sender's›
 *     200 {"code":0,"ackId":7}               accepted, and nobody knows where it is
 *     413                                    too much at once: sent in halves
 *     400 {"code":6,"invalid-event-number":2}  that one is never taken, the others are sent again
 *     anything else                          to be sent again
 *   POST /services/collector/ack             {"acks":[7]}                             {@link io.millrace.connector.splunk.Collector}
 *     200 {"acks":{"7":true}}                indexed
 * </pre>
 *
 * <p>A batch whose acknowledgement does not come in time is sent again, so it may be there twice. Waiting is cut into
 * pieces: one that goes on asks for the same acknowledgement, and a server that stops need not wait for it.
 */
@NullMarked
package io.millrace.connector.splunk;

import org.jspecify.annotations.NullMarked;
