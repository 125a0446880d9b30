package io.millrace.runtime.match;

import io.millrace.plan.MatchedRows;
import io.millrace.plan.RowPattern;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a pattern into a program. Counted repetitions are written out. */
final class PatternCompiler {

    private static final int LOOPS_MAX = 64;

    private int[] operations = new int[64];
    private int[] first = new int[64];
    private int[] second = new int[64];
    private int size;
    private int loops;
    private boolean excluded;

    private PatternCompiler() {}

    /** @throws MillraceException {@code LIMIT_EXCEEDED} for a pattern that is too long when it is written out */
    static PatternProgram compile(RowPattern pattern, boolean toEnd) {
        PatternCompiler compiler = new PatternCompiler();
        compiler.write(pattern);
        if (toEnd) {
            compiler.add(PatternProgram.END, 0, 0);
        }
        compiler.add(PatternProgram.MATCH, 0, 0);
        return new PatternProgram(
                Arrays.copyOf(compiler.operations, compiler.size),
                Arrays.copyOf(compiler.first, compiler.size),
                Arrays.copyOf(compiler.second, compiler.size));
    }

    private void write(RowPattern pattern) {
        switch (pattern) {
            case RowPattern.Variable v -> add(PatternProgram.ROW, v.variable(), excluded ? 1 : 0);
            case RowPattern.Sequence s -> s.parts().forEach(this::write);
            case RowPattern.Alternation a -> alternation(a.parts());
            case RowPattern.Permutation p -> permutation(new ArrayList<>(), p.parts());
            case RowPattern.Quantified q -> quantified(q);
            case RowPattern.Excluded e -> {
                boolean before = excluded;
                excluded = true;
                write(e.part());
                excluded = before;
            }
        }
    }

    private void alternation(List<RowPattern> parts) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < parts.size() - 1; i++) {
            int choice = add(PatternProgram.CHOICE, size + 1, 0);
            write(parts.get(i));
            ends.add(add(PatternProgram.JUMP, 0, 0));
            second[choice] = size;
        }
        write(parts.getLast());
        ends.forEach(end -> first[end] = size);
    }

    /** Writes all orders of the rest, as a choice at each step of which part comes next. */
    private void permutation(List<Integer> taken, List<RowPattern> parts) {
        List<Integer> ends = new ArrayList<>();
        int left = parts.size() - taken.size();
        for (int i = 0; i < parts.size(); i++) {
            if (taken.contains(i)) {
                continue;
            }
            int choice = left > 1 ? add(PatternProgram.CHOICE, size + 1, 0) : -1;
            write(parts.get(i));
            if (parts.size() - taken.size() > 1) {
                taken.add(i);
                permutation(taken, parts);
                taken.removeLast();
            }
            if (choice >= 0) {
                ends.add(add(PatternProgram.JUMP, 0, 0));
                second[choice] = size;
            }
            left--;
        }
        ends.forEach(end -> first[end] = size);
    }

    private void quantified(RowPattern.Quantified q) {
        for (int i = 0; i < q.least(); i++) {
            write(q.part());
        }
        if (q.most() == RowPattern.UNLIMITED) {
            loop(q);
            return;
        }
        List<Integer> choices = new ArrayList<>();
        for (int i = q.least(); i < q.most(); i++) {
            choices.add(add(PatternProgram.CHOICE, size + 1, 0));
            write(q.part());
        }
        choices.forEach(choice -> branches(choice, choice + 1, size, q.reluctant()));
    }

    private void loop(RowPattern.Quantified q) {
        int choice = add(PatternProgram.CHOICE, 0, 0);
        if (nullable(q.part())) {
            int loop = loops++;
            if (loops > LOOPS_MAX) {
                throw tooLong("more than " + LOOPS_MAX + " repetitions of parts that may be empty");
            }
            add(PatternProgram.ENTER, loop, 0);
            write(q.part());
            add(PatternProgram.REPEAT, loop, choice);
        } else {
            write(q.part());
            add(PatternProgram.JUMP, choice, 0);
        }
        branches(choice, choice + 1, size, q.reluctant());
    }

    private void branches(int choice, int more, int less, boolean reluctant) {
        first[choice] = reluctant ? less : more;
        second[choice] = reluctant ? more : less;
    }

    private static boolean nullable(RowPattern pattern) {
        return switch (pattern) {
            case RowPattern.Variable v -> false;
            case RowPattern.Sequence s -> s.parts().stream().allMatch(PatternCompiler::nullable);
            case RowPattern.Alternation a -> a.parts().stream().anyMatch(PatternCompiler::nullable);
            case RowPattern.Permutation p -> p.parts().stream().allMatch(PatternCompiler::nullable);
            case RowPattern.Quantified q -> q.least() == 0 || nullable(q.part());
            case RowPattern.Excluded e -> nullable(e.part());
        };
    }

    private int add(int operation, int firstOperand, int secondOperand) {
        if (size == MatchedRows.STEPS_MAX) {
            throw tooLong("more than " + MatchedRows.STEPS_MAX + " steps, its repetitions and PERMUTE written out");
        }
        if (size == operations.length) {
            operations = Arrays.copyOf(operations, 2 * size);
            first = Arrays.copyOf(first, 2 * size);
            second = Arrays.copyOf(second, 2 * size);
        }
        operations[size] = operation;
        first[size] = firstOperand;
        second[size] = secondOperand;
        return size++;
    }

    private static MillraceException tooLong(String why) {
        return new MillraceException(
                ErrorCode.LIMIT_EXCEEDED,
                "the row pattern is too long: it has " + why,
                "repeat fewer times, use * or + in place of large numbers, or permute fewer parts");
    }
}
