package io.millrace.log.frame;

/** An append needs more bytes than any frame may have. */
public final class FrameTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FrameTooLongException() {
        super("a frame holds less than 2 GiB");
    }
}
