package io.millrace.spi.row;

/** Origins of rows whose batch may be gone: all that was known of each, asked once. */
final class StoredOrigins implements RowOrigins {

    private final String[] positions;
    private final long[] rowtimes;
    private final long[] arrivals;

    private StoredOrigins(int count) {
        this.positions = new String[count];
        this.rowtimes = new long[count];
        this.arrivals = new long[count];
    }

    static StoredOrigins of(RowOrigins source, int[] rows, int count) {
        StoredOrigins stored = new StoredOrigins(count);
        for (int i = 0; i < count; i++) {
            stored.positions[i] = source.position(rows[i]);
            stored.rowtimes[i] = source.rowtimeMicros(rows[i]);
            stored.arrivals[i] = source.arrivalMicros(rows[i]);
        }
        return stored;
    }

    @Override
    public String position(int row) {
        return positions[row];
    }

    @Override
    public long rowtimeMicros(int row) {
        return rowtimes[row];
    }

    @Override
    public long arrivalMicros(int row) {
        return arrivals[row];
    }
}
