package io.millrace.connector.delta;

import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of a table while it is read: its columns by their names, and NULL for those that came later. */
final class OpenDataFile implements AutoCloseable {

    private final RowFileReader reader;
    private final List<WantedColumn> columns;
    private final RowType wanted;

    /** Of each wanted column the place among those that are read, or -1 where the file has none. */
    private final int[] places;

    /** What is the same in all rows. */
    private final List<@Nullable Column> constants = new ArrayList<>();

    /**
     * Chooses what is read.
     *
     * @param reader closed with this, or where this fails
     */
    OpenDataFile(
            RowFileReader reader, DataFile file, List<WantedColumn> columns, RowType wanted, List<ColumnBounds> bounds)
            throws IOException {
        this.reader = reader;
        this.columns = columns;
        this.wanted = wanted;
        this.places = new int[columns.size()];
        try {
            int[] inFile = columns.stream().mapToInt(this::find).toArray();
            int[] read = Arrays.stream(inFile)
                    .filter(place -> place >= 0)
                    .sorted()
                    .distinct()
                    .toArray();
            for (int i = 0; i < places.length; i++) {
                places[i] = inFile[i] < 0 ? -1 : Arrays.binarySearch(read, inFile[i]);
                constants.add(columns.get(i).parts() ? PartitionValue.of(file, columns.get(i)) : null);
            }
            reader.bound(ofFile(bounds));
            reader.project(read);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private int find(WantedColumn column) {
        List<Field> fields = reader.type().fields();
        for (int i = 0; i < fields.size() && !column.parts(); i++) {
            if (fields.get(i).name().equals(column.inFiles().name())) {
                FileColumn.check(fields.get(i).type(), column);
                return i;
            }
        }
        return -1;
    }

    /** Returns the bounds of columns that the file has, as it calls them. */
    private List<ColumnBounds> ofFile(List<ColumnBounds> bounds) {
        List<ColumnBounds> found = new ArrayList<>();
        for (ColumnBounds each : bounds) {
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0 && columns.get(i).name().equalsIgnoreCase(each.column())) {
                    found.add(new ColumnBounds(
                            columns.get(i).inFiles().name(),
                            each.type(),
                            each.nulls(),
                            each.min(),
                            each.minOpen(),
                            each.max(),
                            each.maxOpen()));
                }
            }
        }
        return found;
    }

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException {
        RowBatch rows = reader.next();
        if (rows == null) {
            return null;
        }
        Column[] all = new Column[places.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = column(i, rows);
        }
        RowBatch batch = new RowBatch(wanted, all);
        batch.size(rows.size());
        return batch;
    }

    private Column column(int i, RowBatch rows) {
        DataType type = wanted.field(i).type();
        if (places[i] >= 0) {
            DataType from = rows.type().field(places[i]).type();
            return FileColumn.as(type, from, rows.column(places[i]), rows.size());
        }
        Column one = constants.get(i);
        if (one != null) {
            return PartitionValue.repeated(type, one, rows.size());
        }
        Column missing = Column.create(type, Math.max(1, rows.size()));
        Arrays.fill(missing.nullsForWriting(), true);
        return missing;
    }

    @Nullable
    ReadParts parts() {
        return reader.parts();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
