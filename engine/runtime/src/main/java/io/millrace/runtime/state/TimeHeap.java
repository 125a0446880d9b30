package io.millrace.runtime.state;

import java.util.Arrays;

/** Numbers in the order of the times they were put in with; at the same time the least number first. */
public final class TimeHeap {

    private long[] times = new long[16];
    private int[] numbers = new int[16];
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Returns the least time. */
    public long firstTime() {
        return times[0];
    }

    /** Returns the number with the least time. */
    public int firstNumber() {
        return numbers[0];
    }

    public void add(long time, int number) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        int at = size++;
        while (at > 0 && before(time, number, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        times[at] = time;
        numbers[at] = number;
    }

    public void removeFirst() {
        size--;
        long time = times[size];
        int number = numbers[size];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(times[child + 1], numbers[child + 1], child)) {
                child++;
            }
            if (child >= size || before(time, number, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        times[at] = time;
        numbers[at] = number;
    }

    private boolean before(long time, int number, int place) {
        return time < times[place] || (time == times[place] && number < numbers[place]);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        numbers[to] = numbers[from];
    }
}
