package io.millrace.benchmarks.nexmark;

/**
 * What happens at each number, from 0: of fifty events one is a person, then come three auctions, then 46 bids.
 *
 * @param perSecond how many events a second has, by their own time
 */
public record Events(long perSecond) {

    /** The rate that is usual: 10 seconds are 92,000 bids. */
    public static final Events USUAL = new Events(10_000);

    static final int PER_ROUND = 50;
    static final int AUCTIONS_PER_ROUND = 3;

    /** Ids start here. */
    static final long FIRST_ID = 1000;

    private static final int PERSONS_PER_ROUND = 1;
    private static final long START_MICROS = 1_767_225_600_000_000L;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MICROS_PER_MILLI = 1000;

    /** The three kinds of event. */
    public enum Kind {
        PERSON,
        AUCTION,
        BID
    }

    static Kind kind(long event) {
        long place = event % PER_ROUND;
        return place < PERSONS_PER_ROUND
                ? Kind.PERSON
                : place < PERSONS_PER_ROUND + AUCTIONS_PER_ROUND ? Kind.AUCTION : Kind.BID;
    }

    /** Returns an event's time, of whole milliseconds, in microseconds since 1970. */
    long micros(long event) {
        return START_MICROS + event * MILLIS_PER_SECOND / perSecond * MICROS_PER_MILLI;
    }

    /** Returns how many people there are once this event has happened. */
    static long persons(long event) {
        return event / PER_ROUND + 1;
    }

    /** Returns how many auctions there are once this event has happened. */
    static long auctions(long event) {
        long opened = Math.clamp(event % PER_ROUND + 1 - PERSONS_PER_ROUND, 0, AUCTIONS_PER_ROUND);
        return event / PER_ROUND * AUCTIONS_PER_ROUND + opened;
    }
}
