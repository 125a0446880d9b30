package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** Auctions: about 500 bytes each, in five categories from 10 on. */
final class AuctionRows extends EventRows {

    static final RowType TYPE = typeOf(
            "id number",
            "item_name text",
            "description text",
            "initial_bid number",
            "reserve number",
            "date_time time",
            "expires time",
            "seller number",
            "category number",
            "extra text");

    private static final int BYTES = 500;
    private static final int NUMBERS_BYTES = 7 * 8;
    private static final int FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;

    AuctionRows(Events events) {
        super(events);
    }

    @Override
    void write(RowBatch batch, int row, long event) {
        int bytes = NUMBERS_BYTES;
        long initial = random.price();
        set(batch.column(0), row, Events.FIRST_ID + Events.auctions(event) - 1);
        bytes += words.letters(random.between(3, 20)).into(batch.column(1), row);
        bytes += words.letters(random.between(3, 100)).into(batch.column(2), row);
        set(batch.column(3), row, initial);
        set(batch.column(4), row, initial + random.price());
        set(batch.column(5), row, events.micros(event));
        set(batch.column(6), row, Choices.expiresMicros(random, events, event));
        set(batch.column(7), row, Choices.seller(random, event));
        set(batch.column(8), row, FIRST_CATEGORY + random.below(CATEGORIES));
        words.filling(BYTES, bytes).into(batch.column(9), row);
    }
}
