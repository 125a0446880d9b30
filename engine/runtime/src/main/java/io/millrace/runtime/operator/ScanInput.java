package io.millrace.runtime.operator;

import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the splits of a scan are read from. For one thread at a time. */
final class ScanInput {

    private final Source source;
    private final @Nullable SharedScan shared;
    private @Nullable Supplier<RowPreparation> preparations;

    /** @param shared what is read together with other scans, or null */
    ScanInput(Source source, @Nullable SharedScan shared) {
        this.source = source;
        this.shared = shared;
    }

    Source source() {
        return source;
    }

    @Nullable
    SharedScan shared() {
        return shared;
    }

    /** Has rows that are read ahead prepared, from the splits on that are opened next. */
    void prepare(Supplier<RowPreparation> newPreparations) {
        preparations = newPreparations;
    }

    SplitReader open(String split, long position) {
        return preparations == null ? source.open(split, position) : source.open(split, position, preparations);
    }
}
