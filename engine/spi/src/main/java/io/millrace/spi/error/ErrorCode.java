package io.millrace.spi.error;

/** What kind of failure it is. Names are stable: clients and tests may rely on them. */
public enum ErrorCode {
    /** The statement does not parse. */
    SYNTAX_ERROR(Blame.USER, "42601"),
    /** A name that the statement uses does not exist. */
    UNDEFINED_NAME(Blame.USER, "42P01"),
    /** A column that the statement uses does not exist. */
    UNDEFINED_COLUMN(Blame.USER, "42703"),
    /** A function that the statement uses does not exist. */
    UNDEFINED_FUNCTION(Blame.USER, "42883"),
    /** Something of that name exists already. */
    DUPLICATE_NAME(Blame.USER, "42P07"),
    /** Types do not fit together. */
    TYPE_MISMATCH(Blame.USER, "42804"),
    /** The statement is understood and wrong for another reason. */
    INVALID_STATEMENT(Blame.USER, "42000"),
    /** The statement is meaningful, and Millrace does not do it. */
    UNSUPPORTED(Blame.USER, "0A000"),
    /** A value cannot be read as its type: text that is no number, a malformed record. */
    INVALID_VALUE(Blame.USER, "22P02"),
    /** A number does not fit its type. */
    NUMERIC_OVERFLOW(Blame.USER, "22003"),
    DIVISION_BY_ZERO(Blame.USER, "22012"),
    /** A row came after its window had been put out. */
    LATE_ROW(Blame.USER, "22000"),
    /** A subquery that stands for one value has several rows. */
    CARDINALITY_VIOLATION(Blame.USER, "21000"),
    /** A LIMIT below zero. */
    INVALID_LIMIT(Blame.USER, "2201W"),
    /** An OFFSET below zero. */
    INVALID_OFFSET(Blame.USER, "2201X"),
    /** A function that a user wrote threw something. */
    FUNCTION_FAILED(Blame.USER, "38000"),
    /** A NULL where none is allowed. */
    NULL_NOT_ALLOWED(Blame.USER, "23502"),
    /** A table has a row with this key already. */
    DUPLICATE_KEY(Blame.USER, "23505"),
    /** An option, a setting or a parameter of a call is unknown or out of its range. */
    INVALID_ARGUMENT(Blame.USER, "22023"),
    /** A stated limit is reached: a size, a count. */
    LIMIT_EXCEEDED(Blame.USER, "54000"),
    /** The thing is in a state that does not allow the call. */
    WRONG_STATE(Blame.USER, "55000"),
    /** The user and password, or the signature, are not accepted. */
    ACCESS_DENIED(Blame.USER, "28000"),
    /** The query was cancelled by its user. */
    CANCELLED(Blame.USER, "57014"),
    /** The query did not end in the time it was given. */
    TIMED_OUT(Blame.USER, "57014"),
    /** A position that is no longer, or not yet, in the log. */
    POSITION_OUT_OF_RANGE(Blame.USER, "22023"),
    /** Somebody else uses what only one may use: a data directory, a port. */
    IN_USE(Blame.ENVIRONMENT, "55006"),
    /** No room on the disk. */
    DISK_FULL(Blame.ENVIRONMENT, "53100"),
    /** No room in the memory that the query may use. */
    OUT_OF_MEMORY(Blame.ENVIRONMENT, "53200"),
    /** A read or a write failed. */
    IO_ERROR(Blame.ENVIRONMENT, "58030"),
    /** Stored bytes are not what was written. */
    DATA_CORRUPTED(Blame.ENVIRONMENT, "XX001"),
    /** The server is stopping. */
    SHUTTING_DOWN(Blame.ENVIRONMENT, "57P01"),
    /** A mistake in Millrace itself. */
    INTERNAL(Blame.MILLRACE, "XX000");

    /** Who can mend it. */
    public enum Blame {
        /** Whoever wrote the statement or made the call. */
        USER,
        /** Whoever runs the machine. */
        ENVIRONMENT,
        /** Us. */
        MILLRACE
    }

    private final Blame blame;
    private final String sqlState;

    ErrorCode(Blame blame, String sqlState) {
        this.blame = blame;
        this.sqlState = sqlState;
    }

    public Blame blame() {
        return blame;
    }

    /** Returns the five-character SQLSTATE, as PostgreSQL assigns it where it has one. */
    public String sqlState() {
        return sqlState;
    }
}
