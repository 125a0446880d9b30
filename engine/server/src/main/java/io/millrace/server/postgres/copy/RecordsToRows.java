package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.type.CellDecoder;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the fields of records into the columns of a batch. For one thread. */
final class RecordsToRows {

    private static final int CAPACITY_FIRST = 1024;
    private static final String NOT_UTF8 = "invalid byte sequence for encoding \"UTF8\"";
    private static final String BAD_BYTES = "22021";

    private final String target;
    private final RowType type;
    private final List<String> names;
    private final CellDecoder[] decoders;
    private final Records records;
    private final boolean binary;
    private final Consumer<RowBatch> sink;
    private final RowBatch batch;
    private final Column[] columns;
    private CopyOptions.Header header;
    private int capacity = CAPACITY_FIRST;
    private int row;
    private long handedOn;

    RecordsToRows(String target, RowType type, CopyOptions options, ZoneId zone, Consumer<RowBatch> sink) {
        this.target = target;
        this.type = type;
        this.names = type.fields().stream().map(Field::name).toList();
        this.binary = options.binary();
        this.header = options.header();
        this.sink = sink;
        this.records = records(options);
        this.batch = RowBatch.create(type, capacity);
        this.columns = new Column[type.size()];
        this.decoders = new CellDecoder[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
            decoders[i] = binary
                    ? CellDecoder.binary(type.field(i).type())
                    : CellDecoder.text(type.field(i).type(), zone);
        }
    }

    private Records records(CopyOptions options) {
        boolean[] forceNotNull = CopyOptions.marks(options.forceNotNull(), names);
        boolean[] forceNull = CopyOptions.marks(options.forceNull(), names);
        return switch (options.form()) {
            case TEXT -> new TextRecords(options, names.size());
            case CSV -> new CsvRecords(options, names.size(), forceNotNull, forceNull);
            case BINARY -> new BinaryRecords(names.size());
        };
    }

    /**
     * Reads whole records and hands them on as rows.
     *
     * @return where the first that is not whole starts
     * @throws CopyException where one cannot be read, once the rows before it were handed on
     */
    int read(byte[] data, int from, int to, boolean last) {
        for (int i = 0; i < columns.length; i++) {
            decoders[i].bind(columns[i], data);
        }
        int valid = binary ? to : Utf8.malformedAt(data, from, to);
        int at = from;
        try {
            int next;
            while (!records.finished() && (next = find(data, at, to, last)) != Records.INCOMPLETE) {
                if (next > valid) {
                    throw new CopyException(BAD_BYTES, NOT_UTF8, where());
                }
                take(data, at, next);
                at = next;
            }
        } finally {
            handOn();
        }
        return at;
    }

    private int find(byte[] data, int at, int to, boolean last) {
        try {
            return records.find(data, at, to, last);
        } catch (CopyException e) {
            throw new CopyException(e.sqlState(), String.valueOf(e.getMessage()), where());
        }
    }

    private void take(byte[] data, int from, int to) {
        if (records.finished()) {
            return;
        }
        if (header != CopyOptions.Header.NONE) {
            checkHeader(data);
            header = CopyOptions.Header.NONE;
            return;
        }
        if (records.count() != columns.length) {
            String fault = records.count() > columns.length
                    ? "extra data after last expected column"
                    : "missing data for column \"" + names.get(records.count()) + "\"";
            throw new CopyException(Records.BAD_FORMAT, fault, where() + ": " + Records.shown(data, from, to));
        }
        if (row == capacity) {
            capacity *= 2;
            batch.ensureCapacity(capacity);
        }
        for (int field = 0; field < columns.length; field++) {
            if (records.isNull(data, field)) {
                setNull(field);
            } else {
                records.value(data, field);
                setValue(data, field);
            }
        }
        row++;
    }

    private void setNull(int field) {
        if (!type.field(field).nullable()) {
            throw new CopyException(
                    "23502",
                    "null value in column \"" + names.get(field) + "\" of \"" + target
                            + "\" violates not-null constraint",
                    where() + ", column " + names.get(field) + ": null input");
        }
        columns[field].setNull(row);
    }

    private void setValue(byte[] data, int field) {
        int start = records.start(field);
        int end = records.end(field);
        if (records instanceof TextRecords text && text.foreign(field) && Utf8.malformedAt(data, start, end) != end) {
            throw failed(BAD_BYTES, NOT_UTF8, data, field, null);
        }
        try {
            decoders[field].decode(data, start, end, columns[field], row);
        } catch (RowFailure e) {
            throw failed(e.code().sqlState(), e.reason(), data, field, e);
        } catch (MillraceException e) {
            throw failed(e.code().sqlState(), String.valueOf(e.getMessage()), data, field, e);
        } catch (ProtocolException e) {
            throw failed("22P03", String.valueOf(e.getMessage()), data, field, e);
        }
    }

    private CopyException failed(
            String sqlState, String message, byte[] data, int field, @Nullable RuntimeException cause) {
        String value = binary ? "" : ": " + Records.shown(data, records.start(field), records.end(field));
        CopyException failure = new CopyException(sqlState, message, where() + ", column " + names.get(field) + value);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    private void checkHeader(byte[] data) {
        if (header != CopyOptions.Header.MATCH) {
            return;
        }
        if (records.count() != names.size()) {
            throw new CopyException(
                    Records.BAD_FORMAT, "wrong number of fields in header line: expected " + names.size(), where());
        }
        for (int field = 0; field < names.size(); field++) {
            records.value(data, field);
            String name = new String(
                    data, records.start(field), records.end(field) - records.start(field), StandardCharsets.UTF_8);
            if (!name.equals(names.get(field))) {
                throw new CopyException(
                        Records.BAD_FORMAT,
                        "column name mismatch in header line field " + (field + 1) + ": got \"" + name
                                + "\", expected \"" + names.get(field) + "\"",
                        where());
            }
        }
    }

    private void handOn() {
        if (row > 0) {
            batch.size(row);
            sink.accept(batch);
            handedOn += row;
        }
        batch.clear();
        row = 0;
    }

    boolean finished() {
        return records.finished();
    }

    long handedOn() {
        return handedOn;
    }

    /** Returns the place that was read last. */
    String where() {
        return "COPY " + target + ", line " + records.line;
    }
}
