package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventsTest {

    private static final int EVENTS = 20_000;

    @ParameterizedTest
    @EnumSource(Events.Kind.class)
    void anEventIsTheSameWhateverWasMadeBefore(Events.Kind kind) {
        List<Long> numbers = new ArrayList<>(LongStream.range(0, EVENTS)
                .filter(event -> Events.kind(event) == kind)
                .boxed()
                .toList());
        List<List<?>> inOrder = rows(kind, numbers);
        Collections.shuffle(numbers, new Random(7));
        List<List<?>> shuffled = rows(kind, numbers);
        List<List<?>> sorted = new ArrayList<>(Collections.nCopies(EVENTS, List.of()));
        for (int i = 0; i < numbers.size(); i++) {
            sorted.set(numbers.get(i).intValue(), shuffled.get(i));
        }
        sorted.removeIf(List::isEmpty);
        assertThat(sorted).isEqualTo(inOrder);
        assertThat(new HashSet<>(inOrder)).hasSameSizeAs(inOrder);
    }

    @Test
    void ofFiftyEventsOneIsAPersonAndThreeAreAuctions() {
        assertThat(count(Events.Kind.PERSON)).isEqualTo(EVENTS / 50);
        assertThat(count(Events.Kind.AUCTION)).isEqualTo(EVENTS / 50 * 3);
        assertThat(count(Events.Kind.BID)).isEqualTo(EVENTS / 50 * 46);
    }

    @Test
    void idsFollowOneAnother() {
        List<List<?>> auctions = rows(Events.Kind.AUCTION, numbers(Events.Kind.AUCTION));
        for (int i = 0; i < auctions.size(); i++) {
            assertThat(auctions.get(i).getFirst()).isEqualTo(1000L + i);
        }
        List<List<?>> persons = rows(Events.Kind.PERSON, numbers(Events.Kind.PERSON));
        for (int i = 0; i < persons.size(); i++) {
            assertThat(persons.get(i).getFirst()).isEqualTo(1000L + i);
        }
    }

    @Test
    void halfOfTheBidsAreOnAuctionsThatAreHot() {
        List<List<?>> bids = rows(Events.Kind.BID, numbers(Events.Kind.BID));
        double hot =
                bids.stream().filter(bid -> (Long) bid.getFirst() % 100 == 0).count() / (double) bids.size();
        assertThat(hot).isBetween(0.49, 0.53);
        Set<Object> channels = new HashSet<>();
        bids.forEach(bid -> channels.add(bid.get(3)));
        assertThat(channels).contains("Google", "Apple").hasSizeGreaterThan(5000);
    }

    private static long count(Events.Kind kind) {
        return numbers(kind).size();
    }

    private static List<Long> numbers(Events.Kind kind) {
        return LongStream.range(0, EVENTS)
                .filter(event -> Events.kind(event) == kind)
                .boxed()
                .toList();
    }

    private static List<List<?>> rows(Events.Kind kind, List<Long> numbers) {
        EventRows rows = EventRows.of(kind, Events.USUAL);
        RowBatch batch = RowBatch.create(EventRows.type(kind), 16);
        List<List<?>> all = new ArrayList<>();
        for (long number : numbers) {
            batch.clear();
            rows.append(batch, number);
            all.add(JavaValues.row(batch, 0));
        }
        return all;
    }
}
