package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateWriter;
import java.util.function.Consumer;

/**
 * One part of a checkpoint that is to be written, such as the state of an operator.
 *
 * @param id names it among the others
 * @param layout what its bytes are; they are only read back by who reads the same
 * @param content writes its bytes, once, from the thread that asks for the checkpoint
 */
public record CheckpointSection(String id, String layout, Consumer<StateWriter> content) {}
