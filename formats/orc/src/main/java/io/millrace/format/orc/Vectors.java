package io.millrace.format.orc;

import org.apache.orc.TypeDescription;
import org.apache.orc.TypeDescription.RowBatchVersion;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/** Batches of ORC's for a schema, with small decimals as numbers, and times as we count them. */
final class Vectors {

    private Vectors() {}

    static VectorizedRowBatch of(TypeDescription schema, int rows) {
        VectorizedRowBatch batch = schema.createRowBatch(RowBatchVersion.USE_DECIMAL64, rows);
        for (ColumnVector vector : batch.cols) {
            countTimesAsWeDo(vector);
        }
        return batch;
    }

    /** Says that days and times are of the Gregorian calendar and of UTC, which converts nothing. */
    private static void countTimesAsWeDo(ColumnVector vector) {
        switch (vector) {
            case DateColumnVector days -> days.setUsingProlepticCalendar(true);
            case TimestampColumnVector times -> {
                times.setUsingProlepticCalendar(true);
                times.setIsUTC(true);
            }
            case ListColumnVector lists -> countTimesAsWeDo(lists.child);
            case MapColumnVector maps -> {
                countTimesAsWeDo(maps.keys);
                countTimesAsWeDo(maps.values);
            }
            case StructColumnVector rows -> {
                for (ColumnVector field : rows.fields) {
                    countTimesAsWeDo(field);
                }
            }
            default -> {
                // numbers, text and bytes
            }
        }
    }
}
