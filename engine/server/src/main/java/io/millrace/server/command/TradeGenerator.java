package io.millrace.server.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes up stock trades: prices that wander, some tickers traded more than others. */
final class TradeGenerator {

    private static final String[] TICKERS = {"AMZN", "MLRC", "ACME", "GLOB", "INIT", "UMBR", "HOOL", "WAYN"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final RandomGenerator random;
    private final double[] prices = new double[TICKERS.length];
    private long number;

    /**
     * One trade.
     *
     * @param ticker its partition key
     * @param json the record
     */
    record Trade(byte[] ticker, byte[] json) {}

    TradeGenerator(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < prices.length; i++) {
            prices[i] = 20 + 30.0 * i;
        }
    }

    Trade next(Instant time) {
        int which = Math.min(random.nextInt(TICKERS.length), random.nextInt(TICKERS.length));
        prices[which] = Math.max(1, prices[which] * (1 + 0.0008 * random.nextGaussian()));
        int quantity = 10 * (1 + random.nextInt(50));
        String json = String.format(
                Locale.ROOT,
                "{\"id\":%d,\"ticker\":\"%s\",\"price\":%.2f,\"quantity\":%d,\"traded_at\":\"%s\"}",
                number++,
                TICKERS[which],
                prices[which],
                quantity,
                TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
        return new Trade(TICKERS[which].getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
    }
}
