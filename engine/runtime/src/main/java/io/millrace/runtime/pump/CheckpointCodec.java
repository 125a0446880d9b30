package io.millrace.runtime.pump;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of a pump between two steps as bytes.
 *
 * <pre>
 *   version │ status │ sections × (id │ layout │ bytes)
 * </pre>
 *
 * <p>A section holds the state of one operator, under the id of its plan node, which says what the operator does: so a
 * changed query finds the state of what did not change, see {@link Replacement}.
 */
final class CheckpointCodec {

    private static final int VERSION = 1;
    private static final String SINK = "sink";

    private CheckpointCodec() {}

    static void encode(PumpStatus status, OperatorTree tree, Sink sink, StateWriter out) {
        out.writeByte(VERSION);
        out.writeLong(status.step());
        out.writeLong(status.rowsIn());
        out.writeLong(status.rowsOut());
        out.writeLong(status.lateRows());
        out.writeLong(status.rejectedRows());
        out.writeLong(status.rowtimeBound());
        out.writeLong(status.clockMicros());
        StateWriter section = new StateWriter();
        out.writeInt(tree.operators().size() + 1);
        for (Operator operator : tree.operators()) {
            section.clear();
            operator.save(section);
            write(operator.id(), operator.stateLayout(), section, out);
        }
        section.clear();
        if (sink instanceof StatefulSink stateful) {
            stateful.save(section);
            write(SINK, stateful.stateLayout(), section, out);
        } else {
            write(SINK, "", section, out);
        }
    }

    private static void write(String id, String layout, StateWriter section, StateWriter out) {
        out.writeText(id);
        out.writeText(layout);
        out.writeBytes(section.data(), 0, section.size());
    }

    private static StateReader opened(byte[] checkpoint) {
        StateReader in = new StateReader(checkpoint);
        int version = in.readByte();
        if (version != VERSION) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED, "checkpoint of version " + version + ", known is " + VERSION);
        }
        return in;
    }

    /** Returns what a checkpoint holds, whatever query it is of. */
    static StoredState read(byte[] checkpoint) {
        StateReader in = opened(checkpoint);
        PumpStatus status = new PumpStatus(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
        Map<String, StoredState.Section> sections = new HashMap<>();
        int count = in.readCount(12);
        for (int i = 0; i < count; i++) {
            sections.put(in.readText(), new StoredState.Section(in.readText(), in.readBytes()));
        }
        return new StoredState(status, sections);
    }

    /** Gives each operator its section, and the sink its own. */
    static void load(Map<String, StoredState.Section> sections, OperatorTree tree, Sink sink) {
        for (Operator operator : tree.operators()) {
            StoredState.Section section = sections.get(operator.id());
            if (section != null) {
                operator.load(section.reader(operator.id(), operator.stateLayout()));
            }
        }
        StoredState.Section content = sections.get(SINK);
        if (sink instanceof StatefulSink stateful && content != null) {
            stateful.load(content.reader(SINK, stateful.stateLayout()));
        }
    }
}
