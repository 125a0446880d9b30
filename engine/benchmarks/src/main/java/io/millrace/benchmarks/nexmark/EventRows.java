package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Writes events of one kind into batches. For one thread. */
abstract class EventRows {

    final Events events;
    final EventRandom random = new EventRandom();
    final Words words = new Words(random);

    EventRows(Events events) {
        this.events = events;
    }

    static EventRows of(Events.Kind kind, Events events) {
        return switch (kind) {
            case PERSON -> new PersonRows(events);
            case AUCTION -> new AuctionRows(events);
            case BID -> new BidRows(events);
        };
    }

    static RowType type(Events.Kind kind) {
        return switch (kind) {
            case PERSON -> PersonRows.TYPE;
            case AUCTION -> AuctionRows.TYPE;
            case BID -> BidRows.TYPE;
        };
    }

    /** Appends an event, which is of this kind, to a batch of its type. */
    final void append(RowBatch batch, long event) {
        random.start(event);
        int row = batch.size();
        batch.ensureCapacity(row + 1);
        write(batch, row, event);
        batch.size(row + 1);
    }

    abstract void write(RowBatch batch, int row, long event);

    static void set(Column column, int row, long value) {
        ((LongColumn) column).set(row, value);
    }

    /** Returns a type from {@code name type} texts; numbers are BIGINT, times TIMESTAMP, all else is VARCHAR. */
    static RowType typeOf(String... columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            fields.add(Field.nullable(
                    parts[0],
                    switch (parts[1]) {
                        case "number" -> DataType.BIGINT;
                        case "time" -> DataType.TIMESTAMP;
                        default -> DataType.VARCHAR;
                    }));
        }
        return new RowType(fields);
    }
}
