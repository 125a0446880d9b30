package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.disk.SimulatedDisk;
import io.millrace.spi.error.ErrorCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What recovery keeps, cuts and refuses. */
class RecoveryStoryTest {

    private final LogStory story = new LogStory();

    @Test
    void acknowledgedEntriesOutliveAPowerFailure() {
        story.append("a", "b")
                .append("c")
                .roll()
                .append("d")
                .crash()
                .recover()
                .expect("a", "b", "c", "d")
                .expectSegments(2)
                .expectCuts(0)
                .append("e")
                .crash()
                .recover()
                .expect("a", "b", "c", "d", "e");
    }

    @Test
    void whatWasNeverWrittenIsNotThere() {
        story.append("a").queue("b").kill().recover().expect("a");
    }

    @Test
    void aTornTailIsCutAtTheLastWholeFrame() {
        story.append("a")
                .append("b")
                .append("c")
                .cut(0, 5)
                .recoverAfterKill()
                .expectCut(0, 3)
                .expect("a", "b")
                .append("d")
                .crash()
                .recover()
                .expectCuts(0)
                .expect("a", "b", "d");
    }

    @Test
    void aTailOfZerosIsCut() {
        story.append("a")
                .change(0, bytes -> Arrays.copyOf(bytes, bytes.length + 4096))
                .recoverAfterKill()
                .expectCut(0, 2)
                .expect("a");
    }

    @Test
    void aBitFlippedInTheLastFrameIsATornTail() {
        story.append("a")
                .append("b")
                .flip(0, 2)
                .recoverAfterKill()
                .expectCut(0, 2)
                .expect("a");
    }

    @Test
    void aBitFlippedBeforeLaterGroupsIsDamage() {
        story.append("a").append("b").append("c").flip(0, 2).kill().recoverFindsDamage(0, 2);
        story.expectBefore(0, 2, 3, "a").expectRefusal(0, 2);
    }

    @Test
    void aHoleInTheLastGroupIsATornTail() {
        story.append("a")
                .queue("b")
                .queue("c")
                .queue("d")
                .commit()
                .flip(0, 3)
                .recoverAfterKill()
                .expectCut(0, 3)
                .expect("a", "b");
    }

    @Test
    void nothingIsCutOffALogThatWasClosed() {
        story.append("a").queue("b").queue("c").commit().close().flip(0, 2).recoverFindsDamage(0, 2);
        story.expectBefore(0, 2, 3, "a").expectRefusal(0, 2);
    }

    @Test
    void aTailThatIsMissingFromAClosedLogIsDamage() {
        story.append("a").append("b").close().cutFrame(0, 2).recoverFindsDamage(0, 2);
        // Nobody knows how much is missing, only that something is.
        story.expectBefore(0, 2, 2, "a").expectRefusal(0, 2);
    }

    @Test
    void aLogThatWasClosedAndWrittenAgainMayBeTorn() {
        story.append("a")
                .close()
                .recover()
                .append("b")
                .cut(0, 1)
                .recoverAfterKill()
                .expectCut(0, 2)
                .expect("a");
    }

    @Test
    void damageInASealedSegmentIsReportedByItsReader() {
        story.append("a")
                .append("b")
                .append("c")
                .roll()
                .append("d")
                .flip(0, 2)
                .recoverAfterKill()
                .expectDamage(0, 2);
    }

    @Test
    void damageInASealedSegmentIsReportedWhenItsIndexIsMadeAgain() {
        story.append("a")
                .append("b")
                .roll()
                .append("c")
                .flip(0, 1)
                .deleteIndexes()
                .kill()
                .recoverFindsDamage(0, 1)
                .expectBefore(0, 1, 3)
                .append("d")
                .kill()
                .recoverFindsDamage(0, 1);
        assertThat(story.shard().endIndex()).isEqualTo(4);
    }

    @Test
    void indexesAreMadeAgain() {
        story.append("a")
                .roll()
                .append("b")
                .roll()
                .append("c")
                .deleteIndexes()
                .recoverAfterKill()
                .expect("a", "b", "c");
    }

    @Test
    void aSealedSegmentThatWasCutIsDamaged() {
        story.append("a").append("b").roll().append("c").cut(0, 8).kill().recoverFindsDamage(0, 2);
        story.expectBefore(0, 2, 3, "a").append("d");
    }

    @Test
    void aMissingSegmentIsReported() {
        story.append("a").roll().append("b").roll().append("c").deleteSegment(1).kill();
        assertThat(story.segments()).hasSize(2);
        // What is missing is noticed where the next segment begins.
        story.recoverFindsDamage(1, 0);
        story.expectBefore(1, 0, 3, "a").append("d");
    }

    @Test
    void damageBeforeASegmentWhoseStartIsTornIsReported() {
        story.append("a")
                .append("b")
                .roll()
                .cut(1, 20)
                .flip(0, 2)
                .deleteIndexes()
                .kill()
                .recoverFindsDamage(0, 2);
        story.expectBefore(0, 2, 2, "a").expectRefusal(0, 2);
    }

    @Test
    void aShardWithoutAWholeFrameIsDamaged() {
        story.append("a").flip(0, 0).kill().recoverFindsDamage(0, 0);
        story.expectBefore(0, 0, 1).expectRefusal(0, 0);
    }

    @Test
    void aSegmentWhoseStartIsTornIsMadeAgain() {
        story.append("a")
                .appendStep("pump", 4, false, "b")
                .roll()
                .cut(1, 20)
                .recoverAfterKill()
                .expect("a", "b")
                .appendStep("pump", 4, true, "b")
                .append("c")
                .crash()
                .recover()
                .expect("a", "b", "c")
                .expectSegments(2);
    }

    @Test
    void stepsAreKnownFromTheLastSegmentAlone() {
        story.appendStep("pump", 1, false, "a")
                .appendStep("other", 9, false, "b")
                .roll()
                .roll()
                .appendStep("pump", 2, false, "c")
                .crash()
                .recover()
                .appendStep("pump", 2, true, "c")
                .appendStep("other", 9, true, "b")
                .appendStep("other", 10, false, "d")
                .expect("a", "b", "c", "d");
    }

    @Test
    void aFullDiskRefusesAppendsAndTheLogGoesOn() {
        story.append("a")
                .disk(disk -> disk.free(100))
                .queue("b")
                .queue("c")
                .commitFails(ErrorCode.DISK_FULL)
                .expect("a")
                .queue("x")
                .commitFails(ErrorCode.DISK_FULL)
                .disk(disk -> disk.free(Long.MAX_VALUE))
                .append("d")
                .expect("a", "d")
                .expectSegments(1)
                .crash()
                .recover()
                .expect("a", "d");
    }

    @Test
    void aForceThatFailedIsNotBelievedLater() {
        story.append("a")
                .disk(disk -> disk.failForces(1))
                .queue("b")
                .commitFails(ErrorCode.IO_ERROR)
                .expect("a")
                .append("c")
                .expect("a", "c")
                .expectSegments(2)
                .crash()
                .recover()
                .expect("a", "c");
    }

    @Test
    void nothingIsWrittenBeforeAFailedForceIsRepaired() {
        story.append("a")
                .disk(disk -> disk.failForces(4))
                .queue("b")
                .commitFails(ErrorCode.IO_ERROR)
                .queue("c")
                .commitFails(ErrorCode.IO_ERROR)
                .queue("d")
                .commitFails(ErrorCode.IO_ERROR)
                .append("e")
                .expect("a", "e")
                .crash()
                .recover()
                .expect("a", "e");
    }

    @Test
    void appendsThatWaitTogetherAreForcedOnce() {
        story.append("first");
        SimulatedDisk disk = story.disk();
        int before = disk.forces();
        for (int i = 0; i < 50; i++) {
            story.queue("r" + i);
        }
        story.commit();
        assertThat(disk.forces() - before).isEqualTo(1);
        assertThat(story.shard().endIndex()).isEqualTo(51);
    }

    @Test
    void nothingIsReadableBeforeItIsDurable() {
        story.append("a").queue("b").expect("a").commit().expect("a", "b");
    }
}
