package io.millrace.server.postgres.type;

/** Powers of ten. */
final class Decimals {

    /** 10⁰ to 10¹⁸: all that fit a {@code long}. */
    static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private Decimals() {}
}
