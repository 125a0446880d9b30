package io.millrace.runtime.operator;

/** Why a row came too late. */
final class LateRows {

    static final String OF_WINDOW = "it came after its window had been put out";
    static final String OF_FIRST_WINDOWS =
            "it came after the first of its windows had been put out; the later ones count it";
    static final String OF_SESSION = "it came after its session had been put out";

    private LateRows() {}
}
