package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connector.file.FileStoreFactory;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to a table and its log under a delivery: it is taken in, or refused before anything is written. */
class ChangedTableTest extends LocalTable {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"protocol\":{\"minReaderVersion\":4,\"minWriterVersion\":8}}",
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":[\"rowTracking\"]}}",
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"v2Checkpoint\"],"
                        + "\"writerFeatures\":[\"v2Checkpoint\"]}}"
            })
    void whatATableAsksAndIsNotDoneHereIsRefused(String action) throws Exception {
        lake.deliver("a", 0, row(0));
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 1, row(1)));
            Files.writeString(entry(3), action + "\n");
            List<CommittedFile> more = lake.write(table, "a", 2, row(2));
            assertThat(catchThrowableOfType(MillraceException.class, () -> table.publish(more)))
                    .hasMessageContaining("asks of its writers");
        }
        assertThat(failure(lake)).hasMessageContaining("asks of its writers");
        assertThat(entry(4)).doesNotExist();
    }

    @Test
    void constraintsAndGeneratedColumnsAreRefused() throws Exception {
        lake.deliver("a", 0, row(0));
        String metadata = Files.readString(entry(0))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                entry(2),
                metadata.replace("\"configuration\":{", "\"configuration\":{\"delta.constraints.c\":\"id > 0\","));
        assertThat(failure(lake)).hasMessageContaining("constraint 'delta.constraints.c'");
        Files.writeString(
                entry(3),
                metadata.replaceFirst(
                        "\\\\\"metadata\\\\\":\\{",
                        "\\\\\"metadata\\\\\":{\\\\\"delta.generationExpression\\\\\":\\\\\"1\\\\\""));
        assertThat(failure(lake)).hasMessageContaining("'delta.generationExpression' of column 'id'");
    }

    /** The numbers of entries that were deleted for their age are free, and must not be taken. */
    @Test
    void aDeliveryThatWasIdleForLongLooksWhereTheLogIsNow() throws Exception {
        Lake other = lake.delivery("e", COLUMNS).with("checkpoint_interval", "2");
        try (Table idle = lake.open()) {
            idle.publish(lake.write(idle, "a", 0, row(0)));
            try (Table table = other.open();
                    var upkeep = other.upkeep()) {
                for (int i = 0; i < 6; i++) {
                    table.publish(other.write(table, "a", i, row(10 + i)));
                }
                assertThat(upkeep.step()).isTrue();
            }
            for (long version = 0; version < 7; version++) {
                Files.delete(entry(version));
            }
            lake.passes(Duration.ofDays(40));
            idle.publish(lake.write(idle, "a", 1, row(1)));
        }
        assertThat(read.snapshot().getVersion()).isEqualTo(8);
        assertThat(read.rows()).hasSize(8).contains("0|T0", "1|T1");
    }

    @Test
    void aLogWhoseBeginningIsGoneIsNotBegunAnew() throws Exception {
        lake.deliver("a", 0, row(0));
        Files.delete(entry(0));
        assertThat(failure(lake)).hasMessageContaining("neither its first entry nor a checkpoint");
    }

    /** Looked for before it was there, and listed when it is. */
    @Test
    void aLogThatBeginsWhileItIsLookedForIsRead() throws Exception {
        try (ObjectStore store = new FileStoreFactory().open(directory.toUri(), Options.NONE)) {
            boolean[] made = new boolean[1];
            ObjectStore late = (ObjectStore) Proxy.newProxyInstance(
                    ObjectStore.class.getClassLoader(),
                    new Class<?>[] {ObjectStore.class},
                    (proxy, method, arguments) -> {
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            if (method.getName().equals("read")
                                    && LogNames.entry(0).equals(arguments[0])
                                    && !made[0]) {
                                made[0] = true;
                                lake.open().close();
                            }
                            throw e.getCause();
                        }
                    });
            assertThat(new TableLog(late, new ParquetFormat(), "t").read()).isNotNull();
        }
    }

    @Test
    void aTableThatWasDeletedUnderADeliveryIsNotTakenForTheSame() throws Exception {
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 0, row(0)));
            deleteLog();
            List<CommittedFile> more = lake.write(table, "a", 1, row(1));
            assertMadeAnew(table, more);
            assertThat(directory.resolve(LogNames.FOLDER))
                    .satisfiesAnyOf(
                            log -> assertThat(log).doesNotExist(),
                            log -> assertThat(log).isEmptyDirectory());
        }
    }

    /** Its log may be shorter than the old one's, end at the same entry, or go beyond. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aTableThatWasMadeAnewUnderADeliveryIsNotTakenForTheSame(int commits) throws Exception {
        try (Table table = lake.open()) {
            table.publish(lake.write(table, "a", 0, row(0)));
            table.publish(lake.write(table, "a", 1, row(1)));
            deleteLog();
            Lake other = lake.delivery("e-identity", COLUMNS);
            for (int i = 0; i < commits; i++) {
                other.deliver("a", i, row(10 + i));
            }
            List<CommittedFile> more = lake.write(table, "a", 2, row(2));
            assertMadeAnew(table, more);
            assertThat(read.rows()).hasSize(commits);
            assertThat(entry(commits + 1)).doesNotExist();
        }
    }

    private static void assertMadeAnew(Table table, List<CommittedFile> files) {
        for (int attempt = 0; attempt < 2; attempt++) {
            MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> table.publish(files));
            assertThat(refusal).hasMessageContaining("was deleted or made anew: entry");
            assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_STATE);
        }
    }

    private void deleteLog() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(LogNames.FOLDER))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void anEntryThatIsMissingIsNotTakenForTheEndOfTheLog() throws Exception {
        for (int i = 0; i < 4; i++) {
            lake.deliver("a", i, row(i));
        }
        Files.delete(entry(2));
        assertThat(failure(lake)).hasMessageContaining("and no entry 2");
        assertThat(entry(2)).doesNotExist();
    }

    @Test
    void aTableThatForgetsPositionsIsRefused() throws Exception {
        lake.deliver("a", 0, row(0));
        String metadata = Files.readString(entry(0))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                entry(2),
                metadata.replace(
                        "\"configuration\":{",
                        "\"configuration\":{\"delta.setTransactionRetentionDuration\":\"interval 1 day\","));
        assertThat(failure(lake)).hasMessageContaining("to forget by 'delta.setTransactionRetentionDuration'");
    }

    /** Rules of Spark's columns stand wherever a column does. */
    @Test
    void aRuleOfAColumnInsideAnotherIsRefused() throws Exception {
        lake.deliver("a", 0, row(0));
        ObjectNode metadata = (ObjectNode) Json.read(Files.readString(entry(0))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow());
        String inner = "{'type':'struct','fields':[{'name':'n','type':'long','nullable':true,"
                + "'metadata':{'delta.invariants':'{}'}}]}";
        String schema = "{'type':'struct','fields':[{'name':'id','type':'long','nullable':true,'metadata':{}},"
                + "{'name':'s','type':{'type':'array','elementType':" + inner + ",'containsNull':true},"
                + "'nullable':true,'metadata':{}}]}";
        ((ObjectNode) metadata.path("metaData")).put("schemaString", schema.replace('\'', '"'));
        Files.writeString(entry(2), metadata + "\n");
        assertThat(failure(lake)).hasMessageContaining("'delta.invariants' of column 's.n'");
    }

    /** Written in a life that ended before the table was parted otherwise. */
    @Test
    void aFileOfATableThatIsPartedOtherwiseByNowIsNotAdded() throws Exception {
        List<CommittedFile> left;
        try (Table table = lake.open()) {
            left = lake.write(table, "a", 0, row(0));
        }
        Files.writeString(
                entry(1),
                Files.readString(entry(0))
                        .lines()
                        .filter(line -> line.contains("metaData"))
                        .findFirst()
                        .orElseThrow()
                        .replace("\"partitionColumns\":[]", "\"partitionColumns\":[\"ticker\"]"));
        try (Table table = lake.open()) {
            MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> table.publish(left));
            assertThat(refusal)
                    .hasMessageContaining("is parted by [], and table")
                    .hasMessageContaining("by [ticker]");
            assertThat(refusal.code()).isEqualTo(ErrorCode.WRONG_STATE);
        }
        assertThat(entry(2)).doesNotExist();
    }
}
