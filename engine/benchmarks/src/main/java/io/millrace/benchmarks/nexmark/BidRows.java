package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/** Bids: about 100 bytes each beside their channel, of which one in two is one of four. */
final class BidRows extends EventRows {

    static final RowType TYPE = typeOf(
            "auction number",
            "bidder number",
            "price number",
            "channel text",
            "url text",
            "date_time time",
            "extra text");

    private static final int BYTES = 100;
    private static final int NUMBERS_BYTES = 4 * 8;
    private static final int HOT_CHANNELS = 2;
    private static final int CHANNELS = 10_000;
    private static final String[] KNOWN = {"Google", "Facebook", "Baidu", "Apple"};

    private final byte[][] names = new byte[CHANNELS + KNOWN.length][];
    private final byte[][] urls = new byte[CHANNELS + KNOWN.length][];

    BidRows(Events events) {
        super(events);
        for (int i = 0; i < names.length; i++) {
            boolean known = i >= CHANNELS;
            names[i] = Words.ascii(known ? KNOWN[i - CHANNELS] : "channel-" + i);
            urls[i] = Words.ascii(url(i, !known && i % 10 != 0));
        }
    }

    /** Nine in ten of the channels that are not known by name say their number. */
    private static String url(int channel, boolean numbered) {
        StringBuilder url = new StringBuilder("https://www.nexmark.com");
        for (int part = 1; part <= 3; part++) {
            url.append('/').append(Long.toString(EventRandom.mix(3L * channel + part) >>> 41, 36));
        }
        url.append("/item.htm?query=1");
        return numbered
                ? url.append("&channel_id=")
                        .append(Integer.reverse(channel) >>> 1)
                        .toString()
                : url.toString();
    }

    @Override
    void write(RowBatch batch, int row, long event) {
        set(batch.column(0), row, Choices.auction(random, event));
        set(batch.column(1), row, Choices.bidder(random, event));
        set(batch.column(2), row, random.price());
        int channel = random.oneIn(HOT_CHANNELS)
                ? random.between(0, CHANNELS - 1)
                : CHANNELS + random.between(0, KNOWN.length - 1);
        words.add(names[channel]).into(batch.column(3), row);
        words.add(urls[channel]).into(batch.column(4), row);
        set(batch.column(5), row, events.micros(event));
        words.filling(BYTES, NUMBERS_BYTES).into(batch.column(6), row);
    }
}
