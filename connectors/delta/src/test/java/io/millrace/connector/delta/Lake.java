package io.millrace.connector.delta;

import io.millrace.connector.file.FileStoreFactory;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A table at a place, and what a delivery does to it. */
final class Lake implements InstantSource {

    private final URI place;
    private final RowType columns;
    private final Function<URI, ObjectStore> stores;
    private final Map<String, String> options = new HashMap<>();
    private String identity = "d-identity";
    private Instant now = Instant.now();

    Lake(Path directory, RowType columns) {
        this(directory.toUri(), columns, url -> new FileStoreFactory().open(url, Options.NONE));
    }

    Lake(URI place, RowType columns, Function<URI, ObjectStore> stores) {
        this.place = place;
        this.columns = columns;
        this.stores = stores;
    }

    Lake with(String name, String value) {
        options.put(name, value);
        return this;
    }

    /** Returns the same table as another delivery sees it, whose columns may be others. */
    Lake delivery(String other, RowType otherColumns) {
        Lake lake = new Lake(place, otherColumns, stores);
        lake.options.putAll(options);
        lake.identity = other;
        return lake;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    TableSetup setup(FaultyCalls life) {
        return new TableSetup(
                "d",
                identity,
                URI.create("delta:" + place),
                new Options(options),
                Options.NONE,
                columns,
                new ParquetFormat(),
                url -> life.of(stores.apply(url)),
                this);
    }

    Table open() throws IOException {
        return open(FaultyCalls.none());
    }

    Table open(FaultyCalls life) throws IOException {
        return new DeltaTableFactory().open(setup(life));
    }

    TableUpkeep upkeep() {
        return upkeep(FaultyCalls.none());
    }

    TableUpkeep upkeep(FaultyCalls life) {
        return new DeltaTableFactory().upkeep(setup(life));
    }

    /** Writes a range's rows as a delivery does, and returns its files, whole and not published. */
    List<CommittedFile> write(Table table, String split, long from, List<?>... rows) throws IOException {
        RowBatch batch = RowBatch.create(columns, rows.length);
        for (List<?> row : rows) {
            JavaValues.append(batch, row);
        }
        RowParting parting = table.parting();
        Map<String, List<Integer>> parts = new LinkedHashMap<>();
        for (int i = 0; i < rows.length; i++) {
            parts.computeIfAbsent(parting.partition(batch, i), key -> new ArrayList<>())
                    .add(i);
        }
        List<CommittedFile> files = new ArrayList<>();
        for (Map.Entry<String, List<Integer>> part : parts.entrySet()) {
            int[] some = part.getValue().stream().mapToInt(Integer::intValue).toArray();
            batch.select(some, some.length);
            String name = parting.prefix(part.getKey()) + identity + "-0badcafe-" + split + "-"
                    + "%019d".formatted(from) + table.extension();
            try (StagedObject staged = table.stage(name)) {
                RowFileWriter writer = table.writer(columns, staged.out());
                writer.write(batch);
                writer.finish();
                staged.seal();
            }
            files.add(new CommittedFile(split, from, from + rows.length, name, some.length, 1));
        }
        return files;
    }

    /** Delivers rows in a life of its own. */
    void deliver(String split, long from, List<?>... rows) throws IOException {
        try (Table table = open()) {
            table.publish(write(table, split, from, rows));
        }
    }
}
