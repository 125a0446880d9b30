package io.millrace.benchmarks.nexmark;

/** Who sells, what is bid on and by whom: most of it is hot, which is what makes keys uneven. */
final class Choices {

    /** So many ids share one that is hot. */
    private static final int HOT_EVERY = 100;

    private static final int HOT_AUCTIONS = 2;
    private static final int HOT_SELLERS = 4;
    private static final int HOT_BIDDERS = 4;
    private static final int ACTIVE_PERSONS = 1000;
    private static final int OPEN_AUCTIONS = 100;

    /** Ids that do not exist yet are chosen as well: what is joined may come later, or never. */
    private static final int AHEAD = 10;

    private Choices() {}

    /** One bid in two is on the hot auction. */
    static long auction(EventRandom random, long event) {
        long last = Math.max(Events.auctions(event) - 1, 0);
        return Events.FIRST_ID
                + (random.oneIn(HOT_AUCTIONS) ? recent(random, last, OPEN_AUCTIONS) : last / HOT_EVERY * HOT_EVERY);
    }

    /** Three bids in four are by the hot bidder. */
    static long bidder(EventRandom random, long event) {
        long last = Events.persons(event) - 1;
        return Events.FIRST_ID
                + (random.oneIn(HOT_BIDDERS) ? recent(random, last, ACTIVE_PERSONS) : last / HOT_EVERY * HOT_EVERY + 1);
    }

    /** Three auctions in four are by the hot seller, who is not the hot bidder. */
    static long seller(EventRandom random, long event) {
        long last = Events.persons(event) - 1;
        return Events.FIRST_ID
                + (random.oneIn(HOT_SELLERS) ? recent(random, last, ACTIVE_PERSONS) : last / HOT_EVERY * HOT_EVERY);
    }

    private static long recent(EventRandom random, long last, int count) {
        long first = Math.max(last - count, 0);
        return first + random.below(last - first + 1 + AHEAD);
    }

    /** Returns when an auction ends: as many auctions are open at a time as there should be. */
    static long expiresMicros(EventRandom random, Events events, long event) {
        long eventsOpen = (long) OPEN_AUCTIONS * Events.PER_ROUND / Events.AUCTIONS_PER_ROUND;
        long millis = (events.micros(event + eventsOpen) - events.micros(event)) / 1000;
        return events.micros(event) + (1 + random.below(Math.max(2 * millis, 1))) * 1000;
    }
}
