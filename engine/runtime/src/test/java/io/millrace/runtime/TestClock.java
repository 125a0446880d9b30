package io.millrace.runtime;

import io.millrace.spi.row.JavaValues;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until told otherwise. */
public final class TestClock implements InstantSource {

    private long micros;

    public TestClock(long micros) {
        this.micros = micros;
    }

    public void advance(long more) {
        micros += more;
    }

    @Override
    public Instant instant() {
        return JavaValues.instant(micros);
    }
}
