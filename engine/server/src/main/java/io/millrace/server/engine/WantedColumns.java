package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each column that a scan wants comes from: the declared columns, what a pump stored beside them
 * (ROWTIME), or what the log knows of the entry.
 */
final class WantedColumns {

    private static final int SYSTEM = -1;

    private final RowType type;
    private final RowType declared;
    private final int[] declaredPlaces;
    private final RowType stored;
    private final int[] declaredColumn;
    private final int[] storedColumn;
    private final boolean[] storedRowtime;

    private WantedColumns(
            RowType type,
            RowType declared,
            int[] declaredPlaces,
            RowType stored,
            int[] declaredColumn,
            int[] storedColumn,
            boolean[] storedRowtime) {
        this.type = type;
        this.declared = declared;
        this.declaredPlaces = declaredPlaces;
        this.stored = stored;
        this.declaredColumn = declaredColumn;
        this.storedColumn = storedColumn;
        this.storedRowtime = storedRowtime;
    }

    static WantedColumns of(RowType type, StreamDefinition stream) {
        List<Field> declared = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Field> stored = new ArrayList<>();
        int[] declaredColumn = new int[type.size()];
        int[] storedColumn = new int[type.size()];
        boolean[] storedRowtime = new boolean[type.size()];
        for (int i = 0; i < type.size(); i++) {
            String name = columnBehind(type.field(i).name(), stream);
            int place = stream.columns().indexOf(name);
            if (place >= 0) {
                int known = places.indexOf(place);
                declaredColumn[i] = known >= 0 ? known : places.size();
                if (known < 0) {
                    places.add(place);
                    declared.add(stream.columns().field(place));
                    stored.add(stream.columns().field(place));
                }
                storedColumn[i] = stored.indexOf(stream.columns().field(place));
            } else {
                declaredColumn[i] = SYSTEM;
                storedRowtime[i] = name.equals(SystemColumns.ROWTIME.name());
                storedColumn[i] = storedRowtime[i] ? stored.size() : SYSTEM;
                if (storedRowtime[i]) {
                    stored.add(Field.nullable(name, SystemColumns.ROWTIME.type()));
                }
            }
        }
        int[] declaredPlaces = places.stream().mapToInt(Integer::intValue).toArray();
        return new WantedColumns(
                type,
                new RowType(declared),
                declaredPlaces,
                new RowType(stored),
                declaredColumn,
                storedColumn,
                storedRowtime);
    }

    /** ROWTIME of a stream with event time is one of its declared columns under another name. */
    private static String columnBehind(String name, StreamDefinition stream) {
        return name.equals(SystemColumns.ROWTIME.name()) && stream.rowtime() instanceof Rowtime.EventTime time
                ? time.column()
                : name;
    }

    /** Returns what the scan wants. */
    RowType type() {
        return type;
    }

    /** Returns the declared columns among it, each once: what a decoder has to find. */
    RowType declared() {
        return declared;
    }

    /** Returns the places of {@link #declared()} in the stream's columns. */
    int[] declaredPlaces() {
        return declaredPlaces.clone();
    }

    /** Returns what to ask the log for of typed rows. */
    RowType stored() {
        return stored;
    }

    /** Returns the place in {@link #declared()} of a wanted column, or -1 for a system column. */
    int declaredColumnOf(int wanted) {
        return declaredColumn[wanted];
    }

    /** Returns the place in {@link #stored()} of a wanted column, or -1 where the log does not store it. */
    int storedColumnOf(int wanted) {
        return storedColumn[wanted];
    }

    boolean isStoredRowtime(int wanted) {
        return storedRowtime[wanted];
    }

    boolean needsPartitionKey() {
        return type.indexOf(SystemColumns.PARTITION_KEY.name()) >= 0;
    }
}
