/**
 * The AWS door: the wire API of Kinesis Data Streams on one port, as SDKs, the CLI, the KCL and the KPL speak
 * it.
 *
 * <p>{@link io.millrace.server.aws.AwsGateway} listens, over HTTP/1.1 and HTTP/2 with prior knowledge. A {@link
 * io.millrace.server.aws.WireFormat} reads and writes bodies, in JSON or CBOR. A request's target header names
 * an {@link io.millrace.server.aws.Operation}; one class holds each, and {@link
 * io.millrace.server.aws.KinesisOperations} lists them. Constraints of members are checked by {@link
 * io.millrace.server.aws.Members}, with the service's own wording.
 */
@NullMarked
package io.millrace.server.aws;

import org.jspecify.annotations.NullMarked;
