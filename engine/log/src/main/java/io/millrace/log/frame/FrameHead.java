package io.millrace.log.frame;

import io.millrace.spi.log.ProducerStep;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What every frame starts with, and a cursor that reads it in place.
 *
 * <pre>
 *      0       4       8      12      16  17  18      20      24
 *    0 │ magic │ check │ frame │ head  │kind│flag│sect.│ count │
 *      │ MRF1  │ sum   │ bytes │ bytes │    │    │count│       │
 *   24 │ first index           │ arrival, microseconds          │ 40
 *   40 │ rowtime bound         │ producer's step                │ 56
 *   56 │ schema │ group │ 64     byte positions in this segment
 *      ├────────┴───────┴─────────────────────────────────┐
 *   64 │ start │ length │ checksum │ 0 │   one per section │
 *      ├──────────────────────────────────────────────────┤
 *      │ length │ producer, UTF-8, padded │  with flag 1   │
 *      ├──────────────────────────────────────────────────┤ ◄ head bytes
 *      │ sections, each starting at a multiple of 8       │
 *      └──────────────────────────────────────────────────┘ ◄ frame bytes, a multiple of 8
 * </pre>
 *
 * The checksum of the head covers everything from byte 8 to its end; each section has its own. A
 * section's start counts from the start of the frame.
 *
 * <p><b>Group</b> is where in the segment the group of frames starts that was written and forced together
 * with this one: all before it was durable when this frame was written. So a frame tells of damage found
 * before it whether that is a torn write (same group) or the loss of something durable.
 *
 * <p>Flags: 1 the frame has a producer and its step, 2 the last section holds partition keys (rows only).
 */
public final class FrameHead {

    /** Frames start at multiples of this. */
    public static final int ALIGNMENT = 8;

    /** Length of the part that all heads have. */
    public static final int FIXED_BYTES = 64;

    static final int MAGIC = 0x3146524d;
    static final int SECTION_BYTES = 16;
    static final int FLAG_STEP = 1;
    static final int FLAG_KEYS = 2;

    static final int AT_CHECKSUM = 4;
    static final int AT_FRAME_BYTES = 8;
    static final int AT_HEAD_BYTES = 12;
    static final int AT_KIND = 16;
    static final int AT_FLAGS = 17;
    static final int AT_SECTIONS = 18;
    static final int AT_COUNT = 20;
    static final int AT_FIRST_INDEX = 24;
    static final int AT_ARRIVAL = 32;
    static final int AT_BOUND = 40;
    static final int AT_STEP = 48;
    static final int AT_SCHEMA = 56;
    static final int AT_GROUP = 60;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;

    /** Puts the cursor on a frame of which at least {@link #FIXED_BYTES} are there, and checks nothing. */
    public FrameHead wrap(ByteBuffer buffer, int start) {
        bytes = buffer;
        at = start;
        return this;
    }

    /**
     * Checks the fixed part's lengths, so that the rest may be looked at.
     *
     * @param available how many bytes there are in the file from the start of the frame
     * @return what is wrong, or null
     */
    public @Nullable String checkLengths(long available) {
        if (bytes.getInt(at) != MAGIC) {
            return "no frame starts here";
        }
        if (headBytes() < FIXED_BYTES + sectionCount() * SECTION_BYTES || headBytes() % ALIGNMENT != 0) {
            return "its head cannot be " + headBytes() + " bytes long";
        }
        if (frameBytes() < headBytes() || frameBytes() % ALIGNMENT != 0) {
            return "it cannot be " + frameBytes() + " bytes long";
        }
        return frameBytes() > available
                ? "it is " + frameBytes() + " bytes long and " + available + " are there"
                : null;
    }

    /** Checks the head, all of which must be there; returns what is wrong, or null. */
    public @Nullable String checkHead() {
        int sum = Checksum.of(bytes, at + AT_FRAME_BYTES, headBytes() - AT_FRAME_BYTES);
        if (sum != bytes.getInt(at + AT_CHECKSUM)) {
            return "the checksum of its head is wrong";
        }
        for (int i = 0; i < sectionCount(); i++) {
            if (sectionStart(i) < headBytes() || (long) sectionStart(i) + sectionLength(i) > frameBytes()) {
                return "section " + i + " lies outside of it";
            }
        }
        return null;
    }

    /** Checks a section, all of which must be there; returns what is wrong, or null. */
    public @Nullable String checkSection(int section) {
        return problemWith(section, Checksum.of(bytes, at + sectionStart(section), sectionLength(section)));
    }

    /** Returns what is wrong with a section of which this is the checksum, or null. */
    @Nullable
    String problemWith(int section, int sum) {
        return sum == bytes.getInt(directory(section) + 8) ? null : "the checksum of section " + section + " is wrong";
    }

    /** Checks all sections; returns what is wrong, or null. */
    public @Nullable String checkSections() {
        for (int i = 0; i < sectionCount(); i++) {
            String problem = checkSection(i);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    public int frameBytes() {
        return bytes.getInt(at + AT_FRAME_BYTES);
    }

    public int headBytes() {
        return bytes.getInt(at + AT_HEAD_BYTES);
    }

    public boolean is(FrameKind kind) {
        return bytes.get(at + AT_KIND) == kind.number();
    }

    public int sectionCount() {
        return bytes.getShort(at + AT_SECTIONS) & 0xffff;
    }

    /** Returns how many entries the frame holds. */
    public int count() {
        return bytes.getInt(at + AT_COUNT);
    }

    public long firstIndex() {
        return bytes.getLong(at + AT_FIRST_INDEX);
    }

    /** Returns the index after the frame's last entry. */
    public long endIndex() {
        return firstIndex() + count();
    }

    public long arrivalMicros() {
        return bytes.getLong(at + AT_ARRIVAL);
    }

    public long rowtimeBound() {
        return bytes.getLong(at + AT_BOUND);
    }

    /** Returns where in the segment the schema frame of these rows starts. */
    public int schemaPosition() {
        return bytes.getInt(at + AT_SCHEMA);
    }

    /** Returns where in the segment the group of frames starts that was forced together. */
    public int groupPosition() {
        return bytes.getInt(at + AT_GROUP);
    }

    public boolean hasKeys() {
        return (bytes.get(at + AT_FLAGS) & FLAG_KEYS) != 0;
    }

    /** Returns where a section starts, counted from the start of the frame. */
    public int sectionStart(int section) {
        return bytes.getInt(directory(section));
    }

    public int sectionLength(int section) {
        return bytes.getInt(directory(section) + 4);
    }

    /** Returns whose step this frame is, or null where it is nobody's. */
    public @Nullable ProducerStep step() {
        if ((bytes.get(at + AT_FLAGS) & FLAG_STEP) == 0) {
            return null;
        }
        int start = directory(sectionCount());
        byte[] producer = new byte[bytes.getInt(start)];
        bytes.get(start + 4, producer);
        return new ProducerStep(new String(producer, StandardCharsets.UTF_8), bytes.getLong(at + AT_STEP));
    }

    private int directory(int section) {
        return at + FIXED_BYTES + section * SECTION_BYTES;
    }
}
