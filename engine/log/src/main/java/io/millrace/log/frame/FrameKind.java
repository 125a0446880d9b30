package io.millrace.log.frame;

/** What a frame holds. Numbers are stored and never change. */
public enum FrameKind {
    /** The first frame of a segment: what a reader would otherwise need earlier segments for. */
    SEGMENT(1),
    /** The row type of rows frames that refer to it. */
    SCHEMA(2),
    /** Raw records. */
    RECORDS(3),
    /** Typed rows. */
    ROWS(4);

    private final int number;

    FrameKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
