package io.millrace.runtime.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.plan.SortKey;
import io.millrace.runtime.state.RowOrder;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRunsTest {

    private static final RowType TYPE =
            RowType.of(Field.required("key", DataType.BIGINT), Field.required("came", DataType.BIGINT));
    private static final RowOrder ORDER = RowOrder.by(List.of(new SortKey(0, false, false)));

    @TempDir
    Path directory;

    private Workspace workspace() {
        return new Workspace(0, 0, directory, 1 << 30);
    }

    private static void addRun(SortedRuns runs, int number) {
        runs.begin();
        RowBatch rows = RowBatch.create(TYPE, 3);
        for (int key = 0; key < 3; key++) {
            JavaValues.append(rows, List.of((long) key, 3L * number + key));
        }
        IntStream.range(0, 3).forEach(row -> runs.add(rows, row));
        runs.end();
    }

    @Test
    void rowsOfManyRunsComeInOrderAndEqualOnesAsTheyCame() {
        for (int count : new int[] {1, 63, 64, 65, 127, 129, 4096, 4200}) {
            Workspace workspace = workspace();
            try (SortedRuns runs = new SortedRuns(TYPE, ORDER, workspace.share(), () -> {})) {
                IntStream.range(0, count).forEach(run -> addRun(runs, run));
                runs.merge();
                List<Long> came = new ArrayList<>();
                while (runs.next()) {
                    came.add(((LongColumn) runs.batch().column(1)).get(runs.row()));
                }
                List<Long> expected = new ArrayList<>();
                for (int key = 0; key < 3; key++) {
                    for (int run = 0; run < count; run++) {
                        expected.add(3L * run + key);
                    }
                }
                assertThat(came).as("%s runs", count).isEqualTo(expected);
            }
            assertThat(workspace.diskBytes()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fewFilesAreOpenHoweverManyRunsThereAre() {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        long before = openFiles();
        long most = 0;
        try (SortedRuns runs = new SortedRuns(TYPE, ORDER, workspace().share(), () -> {})) {
            for (int run = 0; run < 3000; run++) {
                addRun(runs, run);
                most = Math.max(most, openFiles() - before);
            }
        }
        assertThat(most).isLessThan(300);
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void mergingEndsWhereItIsToldTo() {
        Workspace workspace = workspace();
        SortedRuns runs = new SortedRuns(TYPE, ORDER, workspace.share(), () -> {
            throw new IllegalStateException("enough");
        });
        IntStream.range(0, 63).forEach(run -> addRun(runs, run));
        assertThatThrownBy(() -> addRun(runs, 63)).hasMessage("enough");
        runs.close();
        assertThat(workspace.diskBytes()).isZero();
    }
}
