package io.millrace.runtime.expression;

import java.util.LinkedHashSet;
import java.util.Set;

/** A method under construction. */
final class Scope {

    /** Length of source from which on what follows goes to other methods: well within 8000 bytes of code. */
    static final int LENGTH_MAX = 6_000;

    final boolean nulls;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> arrays = new LinkedHashSet<>();

    /** @param nulls whether columns may have NULLs */
    Scope(boolean nulls) {
        this.nulls = nulls;
    }

    Scope line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Notes the use of a field that a loop had better copy to a local variable: {@code long[] c1}. */
    void uses(String declaration) {
        arrays.add(declaration);
    }

    boolean isFull() {
        return text.length() > LENGTH_MAX;
    }

    /** Returns the copies of fields to local variables of the same names. */
    String locals() {
        StringBuilder locals = new StringBuilder();
        for (String array : arrays) {
            String name = array.substring(array.indexOf(' ') + 1);
            locals.append("final ")
                    .append(array)
                    .append(" = this.")
                    .append(name)
                    .append(";\n");
        }
        return locals.toString();
    }

    String text() {
        return text.toString();
    }
}
