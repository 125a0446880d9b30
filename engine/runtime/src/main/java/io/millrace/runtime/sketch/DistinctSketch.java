package io.millrace.runtime.sketch;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there are, by their hashes (HyperLogLog). Up to {@value #EXACT_MAX} hashes are kept as they
 * are; from then on 4096 registers hold the longest runs of zero bits, and the estimate (Ertl's) has a standard error
 * of 1.6 percent.
 */
public final class DistinctSketch implements Sketch {

    /** So many values are counted exactly. */
    public static final int EXACT_MAX = 256;

    private static final int PRECISION = 12;
    private static final int REGISTERS = 1 << PRECISION;
    private static final int RUN_MAX = Long.SIZE - PRECISION;
    private static final int SLOTS_MAX = 2 * EXACT_MAX;

    private long[] slots = new long[16];
    private int slotsUsed;
    private boolean zero;
    private byte @Nullable [] registers;

    /** Adds a value by its hash of 64 good bits. */
    public void add(long hash) {
        if (registers != null) {
            register(registers, hash);
        } else if (hash == 0) {
            zero = true;
        } else if (insert(hash) && ++slotsUsed > slots.length / 2) {
            growSlots();
        }
    }

    private boolean insert(long hash) {
        int at = (int) hash & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = hash;
        return true;
    }

    private void growSlots() {
        long[] old = slots;
        if (old.length == SLOTS_MAX) {
            useRegisters();
            return;
        }
        slots = new long[2 * old.length];
        for (long hash : old) {
            if (hash != 0) {
                insert(hash);
            }
        }
    }

    private byte[] useRegisters() {
        byte[] all = registers;
        if (all == null) {
            all = new byte[REGISTERS];
            for (long hash : slots) {
                if (hash != 0) {
                    register(all, hash);
                }
            }
            if (zero) {
                register(all, 0);
            }
            registers = all;
            slots = new long[0];
        }
        return all;
    }

    private static void register(byte[] registers, long hash) {
        int index = (int) (hash >>> RUN_MAX);
        int run = Math.min(Long.numberOfLeadingZeros(hash << PRECISION), RUN_MAX) + 1;
        if (run > registers[index]) {
            registers[index] = (byte) run;
        }
    }

    /** Returns how many different values were added, about. */
    public long estimate() {
        byte[] all = registers;
        return all == null ? slotsUsed + (zero ? 1 : 0) : Math.round(estimate(all));
    }

    private static double estimate(byte[] registers) {
        int[] histogram = new int[RUN_MAX + 2];
        for (byte register : registers) {
            histogram[register]++;
        }
        double z = REGISTERS * tau(1 - (double) histogram[RUN_MAX + 1] / REGISTERS);
        for (int run = RUN_MAX; run >= 1; run--) {
            z = 0.5 * (z + histogram[run]);
        }
        z += REGISTERS * sigma((double) histogram[0] / REGISTERS);
        return REGISTERS / (2 * Math.log(2)) * REGISTERS / z;
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = share;
        double y = 1;
        double z = share;
        double before;
        do {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        } while (z != before);
        return z;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double x = share;
        double y = 1;
        double z = 1 - share;
        double before;
        do {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z != before);
        return z / 3;
    }

    @Override
    public void merge(Sketch other) {
        DistinctSketch more = (DistinctSketch) other;
        byte[] theirs = more.registers;
        if (theirs != null) {
            byte[] ours = useRegisters();
            for (int i = 0; i < REGISTERS; i++) {
                ours[i] = (byte) Math.max(ours[i], theirs[i]);
            }
            return;
        }
        for (long hash : more.slots) {
            if (hash != 0) {
                add(hash);
            }
        }
        if (more.zero) {
            add(0);
        }
    }

    @Override
    public void save(StateWriter out) {
        byte[] all = registers;
        out.writeBoolean(all != null);
        if (all != null) {
            out.writeBytes(all);
            return;
        }
        out.writeBoolean(zero);
        long[] hashes = Arrays.stream(slots).filter(hash -> hash != 0).toArray();
        out.writeInt(hashes.length);
        out.writeLongs(hashes, hashes.length);
    }

    @Override
    public void load(StateReader in) {
        if (in.readBoolean()) {
            registers = in.readBytes();
            slots = new long[0];
            return;
        }
        zero = in.readBoolean();
        for (long hash : in.readLongs(in.readCount(Long.BYTES))) {
            add(hash);
        }
    }
}
