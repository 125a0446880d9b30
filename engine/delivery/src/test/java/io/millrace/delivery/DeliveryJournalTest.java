package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryJournalTest {

    private static final CommittedFile FIRST = new CommittedFile("a", 0, 10, "f-0", 9, 100);
    private static final CommittedFile SECOND = new CommittedFile("a", 10, 30, "f-10", 20, 200);

    @TempDir
    private Path directory;

    @Test
    void whatWasNotedIsThereAgain() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.begin("a", 0);
            journal.begin("b", 5);
            journal.commit(FIRST);
            journal.commit(SECOND);
            journal.publish("f-0", 0);
        }
        for (int life = 0; life < 3; life++) {
            try (DeliveryJournal journal = open()) {
                Progress progress = journal.progress();
                assertThat(progress.incarnation).isEqualTo("0000beef");
                assertThat(progress.positions).containsEntry("a", 30L).containsEntry("b", 5L);
                assertThat(progress.unpublished).containsExactly(SECOND);
                assertThat(progress.files).isEqualTo(1);
                assertThat(progress.rows).isEqualTo(9);
                assertThat(progress.bytes).isEqualTo(100);
            }
        }
    }

    @Test
    void whatIsPromisedIsCommittedWithTheFiles() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.commit(List.of(FIRST), Map.of("a", 1L, "b", 2L), 0);
            journal.commit(List.of(SECOND), Map.of("a", 3L), 0);
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        try (DeliveryJournal journal = open()) {
            assertThat(journal.progress().unpublished).containsExactly(FIRST);
            assertThat(journal.progress().bounds).isEqualTo(Map.of("a", 1L, "b", 2L));
            journal.publish("f-0", 0);
            journal.commit(List.of(SECOND), Map.of("a", 3L), 0);
        }
        // Written anew at each opening.
        for (int life = 0; life < 2; life++) {
            try (DeliveryJournal journal = open()) {
                assertThat(journal.progress().unpublished).containsExactly(SECOND);
                assertThat(journal.progress().bounds).isEqualTo(Map.of("a", 3L, "b", 2L));
                assertThat(journal.progress().positions).isEqualTo(Map.of("a", 30L));
            }
        }
    }

    @Test
    void whatCouldNotBeDeliveredIsCountedWithWhatItIsOf() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.begin("a", 0, 1);
            journal.commit(List.of(FIRST), 2);
            journal.publish("f-0", 3);
            journal.commit(List.of(SECOND), 4);
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        for (int life = 0; life < 2; life++) {
            try (DeliveryJournal journal = open()) {
                assertThat(journal.progress().rejected).isEqualTo(6);
                assertThat(journal.progress().positions).isEqualTo(Map.of("a", 10L));
                assertThat(journal.progress().files).isEqualTo(1);
            }
        }
    }

    @Test
    void aLifeOfAnEarlierBuildHasNothingRejected() throws IOException {
        Files.write(
                file(),
                HexFormat.of()
                        .parseHex("4d52444a00000001" + "00000023" + "0af4fb1d" + "01" + "00083030303062656566"
                                + "0000000000000000".repeat(3)));
        try (DeliveryJournal journal = open()) {
            assertThat(journal.progress().rejected).isZero();
            assertThat(journal.progress().incarnation).isEqualTo("0000beef");
        }
    }

    @Test
    void theLayoutIsTheOneThatIsWrittenDown() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.begin("a", 7);
            journal.publish("f", 0);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
                .isEqualTo("4d52444a00000001"
                        + "0000002b" + "2056d61e" + "01" + "00083030303062656566" + "0000000000000000".repeat(4)
                        + "0000000c" + "ad50338a" + "02" + "000161" + "0000000000000007"
                        + "00000004" + "13ecbd67" + "04" + "000166");
    }

    @Test
    void aTornEndIsCutOff() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.commit(FIRST);
        }
        long whole = Files.size(file());
        try (DeliveryJournal journal = open()) {
            whole = Files.size(file());
            journal.commit(SECOND);
        }
        byte[] bytes = Files.readAllBytes(file());
        for (int length = (int) whole; length < bytes.length; length++) {
            Files.write(file(), Arrays.copyOf(bytes, length));
            assertCommitted(10);
            // As a file system may leave it: the length is there, the bytes are not.
            Files.write(file(), Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length));
            assertCommitted(10);
        }
    }

    @Test
    void damageBeforeTheEndIsReportedWithItsPlace() throws IOException {
        try (DeliveryJournal journal = open()) {
            journal.commit(FIRST);
            journal.commit(SECOND);
        }
        byte[] bytes = Files.readAllBytes(file());
        bytes[68] ^= 1;
        Files.write(file(), bytes);

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining(file().toString())
                .hasMessageContaining("byte 59");
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Files.writeString(file(), "not a journal");

        assertThatThrownBy(this::open).isInstanceOf(MillraceException.class);
    }

    @Test
    void itStaysShort() throws IOException {
        try (DeliveryJournal journal = open()) {
            for (int i = 0; i < 6000; i++) {
                String name = "a-rather-long-name-of-a-file-" + i;
                journal.progress().commit(new CommittedFile("a", i, i + 1, name, 1, 1));
            }
            for (int i = 0; i < 6000; i++) {
                journal.progress().publish("a-rather-long-name-of-a-file-" + i);
            }
            journal.commit(FIRST);
            for (int i = 0; i < 300; i++) {
                journal.publish("x".repeat(2000), 0);
                assertThat(Files.size(file())).isLessThan(DeliveryJournal.REWRITE_BYTES + 4000L);
            }
            assertThat(journal.progress().unpublished).containsExactly(FIRST);
        }
        assertCommitted(10);
    }

    private void assertCommitted(long position) throws IOException {
        try (DeliveryJournal journal = open()) {
            assertThat(journal.progress().positions).containsEntry("a", position);
        }
    }

    private DeliveryJournal open() throws IOException {
        return DeliveryJournal.open(file(), () -> "0000beef");
    }

    private Path file() {
        return directory.resolve("trades.journal");
    }
}
