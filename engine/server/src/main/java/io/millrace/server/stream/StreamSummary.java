package io.millrace.server.stream;

import java.time.Duration;
import java.time.Instant;

/** What is known of a stream apart from its shards. */
public record StreamSummary(String name, Instant created, Duration retention, boolean onDemand) {}
