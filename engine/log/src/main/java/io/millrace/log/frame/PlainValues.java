package io.millrace.log.frame;

import org.jspecify.annotations.Nullable;

/** Appends numbers of a fixed size: whole arrays at once, or those that are chosen one by one. */
final class PlainValues {

    private PlainValues() {}

    static void append(FrameBuilder frame, int[] values, int @Nullable [] rows, int count) {
        int at = frame.reserve(Math.multiplyExact(4, count));
        if (rows == null) {
            frame.from(at, 4 * count).asIntBuffer().put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                frame.setInt(at + 4 * i, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
        frame.align();
    }

    static void append(FrameBuilder frame, long[] values, int @Nullable [] rows, int count) {
        int at = frame.reserve(Math.multiplyExact(8, count));
        if (rows == null) {
            frame.from(at, 8 * count).asLongBuffer().put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                frame.setLong(at + 8 * i, rows[i] < 0 ? 0 : values[rows[i]]);
            }
        }
    }

    static void append(FrameBuilder frame, float[] values, int @Nullable [] rows, int count) {
        int at = frame.reserve(Math.multiplyExact(4, count));
        if (rows == null) {
            frame.from(at, 4 * count).asFloatBuffer().put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                frame.setInt(at + 4 * i, rows[i] < 0 ? 0 : Float.floatToRawIntBits(values[rows[i]]));
            }
        }
        frame.align();
    }

    static void append(FrameBuilder frame, double[] values, int @Nullable [] rows, int count) {
        int at = frame.reserve(Math.multiplyExact(8, count));
        if (rows == null) {
            frame.from(at, 8 * count).asDoubleBuffer().put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                frame.setLong(at + 8 * i, rows[i] < 0 ? 0 : Double.doubleToRawLongBits(values[rows[i]]));
            }
        }
    }
}
