package io.millrace.runtime.view;

import io.millrace.spi.row.RowBatch;
import java.util.concurrent.CompletableFuture;

/**
 * The rows of a view between two steps, and where the changes of the next step will be.
 *
 * @param rows a copy of all rows, each as often as it is there
 * @param end the position behind the changes that led to them, once those are durable
 */
public record ViewContent(RowBatch rows, CompletableFuture<Long> end) {}
