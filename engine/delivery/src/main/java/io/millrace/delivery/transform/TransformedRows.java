package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads transformed records as rows with their keys. For one thread at a time. */
final class TransformedRows {

    private final String stream;
    private final Transformation transformation;
    private final RecordDecoder format;
    private final RowDecoder decoder;
    private final DecodedRows decoded;

    TransformedRows(String stream, Transformation transformation, RecordDecoder format) {
        this.stream = stream;
        this.transformation = transformation;
        this.format = format;
        this.decoder = format.open();
        this.decoded = new DecodedRows(RowBatch.create(format.columns(), 64));
    }

    /** Returns the rows of records, and what failed. They are valid until the next call. */
    SourceBatch of(ProcessedRecords processed) {
        List<DeliveryRecord> records = processed.records();
        BytesColumn data = new BytesColumn(records.size());
        for (int i = 0; i < records.size(); i++) {
            data.append(i, records.get(i).data());
        }
        decoded.clear();
        decoder.decode(data, 0, records.size(), decoded);
        List<RejectedEntry> rejected = new ArrayList<>();
        processed.failed().forEach(failed -> rejected.add(failed.entry(stream)));
        for (DecodedRows.Rejection rejection : decoded.rejections()) {
            DeliveryRecord record = records.get(rejection.record());
            rejected.add(new RejectedEntry(
                    stream,
                    record.position(),
                    rejection.code(),
                    rejection.reason(),
                    record.data(),
                    record.arrivalMicros()));
        }
        return new SourceBatch(rows(records), rejected, Long.MIN_VALUE);
    }

    private RowBatch rows(List<DeliveryRecord> records) {
        RowBatch read = decoded.rows();
        int size = read.size();
        List<String> keys = transformation.keys();
        Column[] columns = new Column[read.columnCount() + keys.size()];
        for (int i = 0; i < read.columnCount(); i++) {
            columns[i] = read.column(i);
        }
        int[] recordOfRow = Arrays.copyOf(decoded.recordOfRow(), size);
        for (int k = 0; k < keys.size(); k++) {
            BytesColumn values = new BytesColumn(size);
            for (int row = 0; row < size; row++) {
                values.append(row, records.get(recordOfRow[row]).keys().getOrDefault(keys.get(k), ""));
            }
            columns[read.columnCount() + k] = values;
        }
        RowBatch rows = new RowBatch(transformation.rows(format.columns()), columns);
        rows.size(size);
        rows.origins(new Origins(List.copyOf(records), recordOfRow, parts(records, recordOfRow)));
        return rows;
    }

    /** Numbers the rows of one entry: destinations tell rows apart by where they come from. */
    private static int[] parts(List<DeliveryRecord> records, int[] recordOfRow) {
        int[] parts = new int[recordOfRow.length];
        for (int row = 1; row < parts.length; row++) {
            String position = records.get(recordOfRow[row]).position();
            boolean same = position.equals(records.get(recordOfRow[row - 1]).position());
            parts[row] = same ? parts[row - 1] + 1 : 0;
        }
        return parts;
    }

    private record Origins(List<DeliveryRecord> records, int[] recordOfRow, int[] parts) implements RowOrigins {

        @Override
        public String position(int row) {
            String position = records.get(recordOfRow[row]).position();
            return parts[row] == 0 ? position : position + "/" + parts[row];
        }

        @Override
        public long rowtimeMicros(int row) {
            return records.get(recordOfRow[row]).arrivalMicros();
        }
    }
}
