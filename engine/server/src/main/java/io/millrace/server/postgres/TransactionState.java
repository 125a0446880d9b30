package io.millrace.server.postgres;

/**
 * Where a session is with regard to transactions. They are a matter of form: each statement takes
 * effect by itself, and nothing is undone.
 */
enum TransactionState {
    IDLE('I'),
    OPEN('T'),
    FAILED('E');

    private final char status;

    TransactionState(char status) {
        this.status = status;
    }

    /** Returns the letter that the protocol has for it. */
    char status() {
        return status;
    }

    /** Returns the state after an error. */
    TransactionState failed() {
        return this == IDLE ? IDLE : FAILED;
    }
}
