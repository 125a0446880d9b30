/** Apache Flink as a peer: a process that runs queries on a local cluster, one line of input each. */
@NullMarked
package io.millrace.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
