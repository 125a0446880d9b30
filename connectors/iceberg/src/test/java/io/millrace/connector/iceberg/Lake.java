package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.file.FileStoreFactory;
import io.millrace.connector.iceberg.FaultyStore.Life;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;

/** A warehouse in a directory, with a delivery's table in it, and what the delivery does to the table. */
final class Lake implements InstantSource {

    static final String TABLE = "market.trades";

    private final Path directory;
    private final RowType columns;
    private final Map<String, String> options = new HashMap<>();
    private Instant now = Instant.now();

    Lake(Path directory, RowType columns) {
        this.directory = directory;
        this.columns = columns;
        options.put("warehouse", directory.toUri().toString());
    }

    Lake with(String name, String value) {
        options.put(name, value);
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    TableSetup setup(Life life) {
        return new TableSetup(
                "d",
                "d-identity",
                URI.create("iceberg:" + TABLE),
                new Options(options),
                Options.NONE,
                columns,
                new ParquetFormat(),
                place -> new FaultyStore(new FileStoreFactory().open(place, Options.NONE), life),
                this);
    }

    Table open() throws IOException {
        return open(new Life(Integer.MAX_VALUE));
    }

    Table open(Life life) throws IOException {
        return new IcebergTableFactory().open(setup(life));
    }

    TableUpkeep upkeep() {
        return upkeep(new Life(Integer.MAX_VALUE));
    }

    TableUpkeep upkeep(Life life) {
        return new IcebergTableFactory().upkeep(setup(life));
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
            String name = parting.prefix(part.getKey()) + "d-0badcafe-" + split + "-" + "%019d".formatted(from)
                    + table.extension();
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

    /** What is looked at in a table. */
    @FunctionalInterface
    interface Look<T> {
        T at(org.apache.iceberg.Table table) throws Exception;
    }

    /** Opens the table, as somebody else would, and looks at it. */
    <T> T look(Look<T> look) throws Exception {
        TableSetup setup = setup(new Life(Integer.MAX_VALUE));
        IcebergSettings settings = IcebergSettings.from(setup.location(), setup.options());
        try (OpenTable open = OpenTable.existing(settings, setup)) {
            return look.at(open.table());
        }
    }

    List<DataFile> files() throws Exception {
        return look(Lake::files);
    }

    private static List<DataFile> files(org.apache.iceberg.Table table) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        }
        return files;
    }

    /** Returns the table's rows as text, sorted; a query reads the same. */
    List<String> rows() throws Exception {
        List<Map<String, Object>> rows = named();
        RowType columns = relation().columns();
        assertThat(text(scanned()))
                .as("what is read by a query")
                .isEqualTo(text(rows.stream().map(row -> ordered(row, columns)).toList()));
        return text(rows.stream().map(Lake::valuesOf).toList());
    }

    private static List<Object> valuesOf(Map<String, Object> row) {
        return new ArrayList<>(row.values());
    }

    private static List<String> text(List<List<Object>> rows) {
        return rows.stream().map(List::toString).sorted().toList();
    }

    /** Files may be older than columns, and have them in another order or by other names. */
    private static List<Object> ordered(Map<String, Object> row, RowType columns) {
        List<String> names = columns.fields().stream().map(Field::name).toList();
        if (names.containsAll(row.keySet())) {
            return key(names, row);
        }
        List<Object> padded = valuesOf(row);
        while (padded.size() < names.size()) {
            padded.add(null);
        }
        return padded;
    }

    /** Returns the table as it is read in queries. */
    Relation relation(String... more) {
        Map<String, String> own = new HashMap<>(options);
        own.keySet().retainAll(IcebergSettings.CATALOG_NAMES);
        for (int i = 0; i < more.length; i += 2) {
            own.put(more[i], more[i + 1]);
        }
        return new IcebergRelations()
                .open(new RelationSetup(
                        "trades",
                        "iceberg:" + TABLE,
                        new Options(own),
                        ParquetFormat::new,
                        place -> new FileStoreFactory().openToRead(place, Options.NONE)));
    }

    /** Returns the table's rows as a query reads them. */
    List<List<Object>> scanned(String... more) throws IOException {
        Relation relation = relation(more);
        return scanned(relation, relation.columns(), List.of(), List.of());
    }

    static List<List<Object>> scanned(
            Relation relation, RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds)
            throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (RelationScan scan = relation.scan(wanted, conditions, bounds)) {
            for (RowBatch batch = scan.next(); batch != null; batch = scan.next()) {
                for (int i = 0; i < batch.selectedCount(); i++) {
                    rows.add(JavaValues.row(batch, batch.selectedRow(i)));
                }
            }
        }
        return rows;
    }

    /** Returns the table's rows, file by file, without those that files of keys say are gone. */
    List<List<Object>> values() throws Exception {
        return named().stream().map(Lake::valuesOf).toList();
    }

    private List<Map<String, Object>> named() throws Exception {
        return look(table -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
                for (FileScanTask task : tasks) {
                    Map<List<String>, Set<List<Object>>> gone = gone(table, task);
                    for (Map<String, Object> row : read(task.file())) {
                        if (gone.entrySet().stream()
                                .noneMatch(keys -> keys.getValue().contains(key(keys.getKey(), row)))) {
                            rows.add(row);
                        }
                    }
                }
            }
            return rows;
        });
    }

    /** Returns by the names of their columns the keys that are gone of a file, as Iceberg plans to read it. */
    private static Map<List<String>, Set<List<Object>>> gone(org.apache.iceberg.Table table, FileScanTask task)
            throws IOException {
        Map<List<String>, Set<List<Object>>> gone = new HashMap<>();
        for (DeleteFile keys : task.deletes()) {
            List<String> columns = keys.equalityFieldIds().stream()
                    .map(id -> table.schema().findColumnName(id))
                    .toList();
            for (Map<String, Object> row : read(keys)) {
                gone.computeIfAbsent(columns, names -> new HashSet<>()).add(key(columns, row));
            }
        }
        return gone;
    }

    private static List<Object> key(List<String> columns, Map<String, Object> row) {
        return columns.stream().map(row::get).collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Map<String, Object>> read(ContentFile<?> file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (RowFileReader reader =
                new ParquetFormat().reader(Files.newByteChannel(Path.of(URI.create(file.location()))), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int i = 0; i < batch.selectedCount(); i++) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 0; column < batch.columnCount(); column++) {
                        row.put(
                                batch.type().field(column).name(),
                                JavaValues.row(batch, batch.selectedRow(i)).get(column));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** Returns how many files of keys the table has. */
    int keyFiles() throws Exception {
        return Integer.parseInt(
                look(table -> table.currentSnapshot().summary().getOrDefault("total-delete-files", "0")));
    }

    /** Returns the names of the visible files below the table's folder. */
    List<String> stored(String folder) throws IOException {
        Path root = directory.resolve("market/trades");
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
