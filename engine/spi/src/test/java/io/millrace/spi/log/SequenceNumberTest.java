package io.millrace.spi.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {

    @Test
    void hasFiftySixDigitsAndReadsBack() {
        SequenceNumber number = new SequenceNumber(1_700_000_000L, 7, 123_456_789L, 1_700_000_123L);
        assertThat(number.toString()).hasSize(56);
        assertThat(SequenceNumber.parse(number.toString())).isEqualTo(number);
    }

    /** The distance is that of the real service: reference/aws-apis.md. */
    @Test
    void startsOfNeighbouringShardsDifferAsInKinesis() {
        BigInteger first = new SequenceNumber(1_700_000_000L, 0, 0, 1_700_000_000L).toBigInteger();
        BigInteger second = new SequenceNumber(1_700_000_000L, 1, 0, 1_700_000_000L).toBigInteger();
        assertThat(second.subtract(first)).isEqualTo(new BigInteger("22300745198530623141535718272648361505980432"));
    }

    @Test
    void growsWithTheIndexEvenIfTheClockStands() {
        SequenceNumber earlier = new SequenceNumber(1_700_000_000L, 3, 41, 1_700_000_123L);
        SequenceNumber later = new SequenceNumber(1_700_000_000L, 3, 42, 1_700_000_123L);
        assertThat(earlier).isLessThan(later);
    }

    @Test
    void otherNumbersAreRefused() {
        for (String text : new String[] {"", "x", "0", "-1", "4959".repeat(20)}) {
            assertThatThrownBy(() -> SequenceNumber.parse(text)).isInstanceOf(MillraceException.class);
        }
    }
}
