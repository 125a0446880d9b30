package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.WatchedReads;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader whose disk failed once goes on where it was. */
class FailingReadsTest {

    private static final int FRAMES = 6;
    private static final int RECORDS = 3;

    /** More than is read ahead, so that each head that is looked at is read by itself. */
    private static final int PAYLOAD_BYTES = 50_000;

    @TempDir
    Path directory;

    /** Counts down to the read that fails. */
    private int reads;

    private final Disk disk = WatchedReads.of(call -> {
        if (call.startsWith("read") && reads-- == 0) {
            throw new IOException("the disk does not answer");
        }
    });

    @Test
    void noEntryIsLostOrComesTwiceWhicheverReadFails() {
        try (LogStore store = LogStore.open(directory, LogSettings.DEFAULT, new TestClock(), disk)) {
            ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
            for (int frame = 0; frame < FRAMES; frame++) {
                RecordBatch batch = new RecordBatch();
                for (int i = 0; i < RECORDS; i++) {
                    byte[] payload = new byte[PAYLOAD_BYTES];
                    payload[0] = (byte) (frame * RECORDS + i);
                    batch.add(new byte[0], payload);
                }
                shard.append(batch, null).join();
            }
            List<Integer> all = IntStream.range(0, FRAMES * RECORDS).boxed().toList();
            int failing = 0;
            while (fails(shard, failing, all)) {
                failing++;
            }
            assertThat(failing).isGreaterThan(FRAMES);
        }
    }

    /** Reads one entry and then all; returns whether a read failed. */
    private boolean fails(ShardLog shard, int failing, List<Integer> all) {
        List<Integer> found = new ArrayList<>();
        boolean failed = false;
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            reads = -1;
            add(reader.poll(1), found);
            reads = failing;
            while (found.size() < all.size()) {
                try {
                    add(reader.poll(all.size()), found);
                } catch (MillraceException e) {
                    assertThat(e.code()).as("failing read %d: %s", failing, e).isEqualTo(ErrorCode.IO_ERROR);
                    failed = true;
                }
            }
        }
        assertThat(found).as("where read %d fails", failing).isEqualTo(all);
        return failed;
    }

    private static void add(LogBatch batch, List<Integer> found) {
        LogBatch.Records records = (LogBatch.Records) batch;
        for (int i = 0; i < records.size(); i++) {
            found.add((int) records.payloads().get(i)[0]);
        }
    }
}
