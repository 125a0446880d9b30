package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** People: about 200 bytes each, from six states. */
final class PersonRows extends EventRows {

    static final RowType TYPE = typeOf(
            "id number",
            "name text",
            "email_address text",
            "credit_card text",
            "city text",
            "state text",
            "date_time time",
            "extra text");

    private static final int BYTES = 200;
    private static final String[] GIVEN = {
        "Ada", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana", "Kim"
    };
    private static final String[] FAMILY = {"Archer", "Baker", "Cooper", "Dyer", "Fisher", "Mason", "Miller", "Weaver"};
    private static final String[] CITIES = {
        "Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"
    };
    private static final String[] STATES = {"AZ", "CA", "ID", "OR", "WA", "WY"};

    PersonRows(Events events) {
        super(events);
    }

    @Override
    void write(RowBatch batch, int row, long event) {
        int bytes = 8 + 8;
        set(batch.column(0), row, Events.FIRST_ID + Events.persons(event) - 1);
        bytes += words.oneOf(GIVEN).add(" ").oneOf(FAMILY).into(batch.column(1), row);
        bytes += words.letters(7).add("@").letters(5).add(".com").into(batch.column(2), row);
        bytes += words.digits(4)
                .add(" ")
                .digits(4)
                .add(" ")
                .digits(4)
                .add(" ")
                .digits(4)
                .into(batch.column(3), row);
        bytes += words.oneOf(CITIES).into(batch.column(4), row);
        bytes += words.oneOf(STATES).into(batch.column(5), row);
        set(batch.column(6), row, events.micros(event));
        words.filling(BYTES, bytes).into(batch.column(7), row);
    }
}
