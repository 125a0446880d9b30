package io.millrace.connector.iceberg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Says which rows of a file are gone as tables of version 3 have it. The bitmap is what Iceberg makes; what stands
 * around it in a file of Puffin is not looked at by whoever is told its place.
 */
final class DeletionVectors {

    private DeletionVectors() {}

    static DeleteFile write(Table table, DataFile file, Long... rows) throws Exception {
        ByteBuffer bitmap = Deletes.toPositionIndex(CloseableIterable.withNoopClose(Arrays.asList(rows)))
                .serialize();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'P', 'F', 'A', '1'});
        bytes.write(bitmap.array(), 0, bitmap.limit());
        bytes.writeBytes(new byte[100]);
        String location = table.location() + "/data/gone.puffin";
        Files.write(ForeignTable.path(location), bytes.toByteArray());
        return FileMetadata.deleteFileBuilder(table.spec())
                .ofPositionDeletes()
                .withFormat(FileFormat.PUFFIN)
                .withPath(location)
                .withFileSizeInBytes(bytes.size())
                .withReferencedDataFile(file.location())
                .withContentOffset(4)
                .withContentSizeInBytes(bitmap.limit())
                .withRecordCount(rows.length)
                .build();
    }
}
