package io.millrace.connector.delta;

import static io.delta.kernel.internal.util.Utils.singletonCloseableIterator;

import io.delta.kernel.Scan;
import io.delta.kernel.ScanBuilder;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.spi.row.JavaValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** A table as Delta's own library reads it. */
final class KernelTable {

    private final Engine engine = DefaultEngine.create(new Configuration());
    private final Table table;

    KernelTable(Path directory) {
        table = Table.forPath(engine, directory.toString());
    }

    Snapshot snapshot() {
        return table.getLatestSnapshot(engine);
    }

    Engine engine() {
        return engine;
    }

    Table table() {
        return table;
    }

    List<String> columns() {
        return snapshot().getSchema().fields().stream()
                .map(field -> field.getName() + " " + field.getDataType() + (field.isNullable() ? "" : " not null"))
                .toList();
    }

    /** Returns what is noted for an application, or -1. */
    long transaction(String application) {
        return ((SnapshotImpl) snapshot())
                .getLatestTransactionVersion(engine, application)
                .orElse(-1L);
    }

    /** Returns the paths of the files that may have such rows, and what partition each is. */
    Map<String, Map<String, String>> files(Optional<Predicate> wanted) throws IOException {
        ScanBuilder builder = snapshot().getScanBuilder();
        Map<String, Map<String, String>> files = new TreeMap<>();
        Scan scan = wanted.map(builder::withFilter).orElse(builder).build();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        Row file = rows.next();
                        files.put(
                                InternalScanFileUtils.getAddFileStatus(file).getPath(),
                                InternalScanFileUtils.getPartitionValues(file));
                    }
                }
            }
        }
        return files;
    }

    /** Returns the rows as text, sorted. */
    List<String> rows() throws IOException {
        List<String> all = new ArrayList<>();
        Scan scan = snapshot().getScanBuilder().build();
        Row state = scan.getScanState(engine);
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> files = batches.next().getRows()) {
                    while (files.hasNext()) {
                        read(state, files.next(), all);
                    }
                }
            }
        }
        all.sort(null);
        return all;
    }

    private void read(Row state, Row file, List<String> all) throws IOException {
        CloseableIterator<ColumnarBatch> stored = engine.getParquetHandler()
                .readParquetFiles(
                        singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(result -> result.getData());
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(engine, state, file, stored)) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next().getData();
                for (int row = 0; row < batch.getSize(); row++) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < batch.getSchema().length(); i++) {
                        cells.add(text(batch.getColumnVector(i), row));
                    }
                    all.add(String.join("|", cells));
                }
            }
        }
    }

    private static String text(ColumnVector column, int row) {
        if (column.isNullAt(row)) {
            return "null";
        }
        DataType type = column.getDataType();
        return switch (type) {
            case BooleanType t -> String.valueOf(column.getBoolean(row));
            case ByteType t -> String.valueOf(column.getByte(row));
            case ShortType t -> String.valueOf(column.getShort(row));
            case IntegerType t -> String.valueOf(column.getInt(row));
            case LongType t -> String.valueOf(column.getLong(row));
            case FloatType t -> String.valueOf(column.getFloat(row));
            case DoubleType t -> String.valueOf(column.getDouble(row));
            case DecimalType t -> column.getDecimal(row).toPlainString();
            case StringType t -> column.getString(row);
            case BinaryType t -> HexFormat.of().formatHex(column.getBinary(row));
            case DateType t -> LocalDate.ofEpochDay(column.getInt(row)).toString();
            case TimestampType t -> JavaValues.instant(column.getLong(row)).toString();
            case TimestampNTZType t ->
                LocalDateTime.ofInstant(JavaValues.instant(column.getLong(row)), ZoneOffset.UTC)
                        .toString();
            case ArrayType t ->
                texts(column.getArray(row).getElements(), column.getArray(row).getSize())
                        .toString();
            case MapType t ->
                texts(column.getMap(row).getKeys(), column.getMap(row).getSize())
                        + "="
                        + texts(
                                column.getMap(row).getValues(),
                                column.getMap(row).getSize());
            case StructType t -> {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < t.length(); i++) {
                    fields.add(text(column.getChild(i), row));
                }
                yield "(" + String.join(", ", fields) + ")";
            }
            default -> throw new AssertionError("a type that is not written: " + type);
        };
    }

    private static List<String> texts(ColumnVector values, int size) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(values, i));
        }
        return texts;
    }
}
