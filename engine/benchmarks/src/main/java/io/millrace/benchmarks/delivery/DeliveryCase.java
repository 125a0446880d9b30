package io.millrace.benchmarks.delivery;

/** What is delivered, and as what. */
enum DeliveryCase {
    JSON("JSON records to Parquet, zstd", DeliveryEngine.JSON, "format = 'parquet', compression = 'zstd'"),
    TYPED("typed rows to Parquet, zstd", DeliveryEngine.TYPED, "format = 'parquet', compression = 'zstd'"),
    ORC("typed rows to ORC, zstd", DeliveryEngine.TYPED, "format = 'orc', compression = 'zstd'");

    private final String title;
    private final String stream;
    private final String options;

    DeliveryCase(String title, String stream, String options) {
        this.title = title;
        this.stream = stream;
        this.options = options;
    }

    String title() {
        return title;
    }

    String stream() {
        return stream;
    }

    /** Returns the format and its options as CREATE DELIVERY has them. */
    String options() {
        return options;
    }

    /** Returns what it is called on the command line. */
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
