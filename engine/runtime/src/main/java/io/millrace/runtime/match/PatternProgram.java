package io.millrace.runtime.match;

/**
 * A pattern as instructions: arrays by place, of what is done and of two operands.
 *
 * <pre>
 *   ROW variable excluded    takes a row
 *   CHOICE first second      goes on at both, the first preferably
 *   JUMP place
 *   ENTER loop               a turn of a loop begins whose body may take no row
 *   REPEAT loop place        the turn ends: another one at the place where rows were taken, otherwise the next instruction
 *   END                      goes on only behind the partition's last row
 *   MATCH
 * </pre>
 */
final class PatternProgram {

    static final int ROW = 0;
    static final int CHOICE = 1;
    static final int JUMP = 2;
    static final int ENTER = 3;
    static final int REPEAT = 4;
    static final int END = 5;
    static final int MATCH = 6;

    private final int[] operations;
    private final int[] first;
    private final int[] second;

    PatternProgram(int[] operations, int[] first, int[] second) {
        this.operations = operations;
        this.first = first;
        this.second = second;
    }

    int size() {
        return operations.length;
    }

    int operation(int place) {
        return operations[place];
    }

    int first(int place) {
        return first[place];
    }

    int second(int place) {
        return second[place];
    }
}
