package io.millrace.runtime.checkpoint;

import java.util.Map;

/**
 * A checkpoint that was read.
 *
 * @param step the step after which the state was so
 * @param sections by their ids
 */
public record StoredCheckpoint(long step, Map<String, StoredSection> sections) {}
