package io.millrace.sql.validate;

/** Says that nothing gives a parameter a type, so that the caller can give it one and try again. */
public final class UntypedParameter extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;

    UntypedParameter(int index, Throwable cause) {
        super("parameter " + (index + 1) + " has no type", cause);
        this.index = index;
    }

    public int index() {
        return index;
    }
}
