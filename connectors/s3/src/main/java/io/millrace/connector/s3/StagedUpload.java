package io.millrace.connector.s3;

import io.millrace.spi.connector.PartBuffer;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An upload while it is written. Its first part is sent last; the package page says why. */
final class StagedUpload implements StagedObject {

    private final Uploads uploads;
    private final String key;
    private final String upload;
    private final Consumer<StagedUpload> onSealed;
    private final PartBuffer first;
    private final PartBuffer later;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final OutputStream out = new Parts();
    private boolean done;

    /** @param onSealed called when the upload is whole */
    StagedUpload(Uploads uploads, String key, String upload, int partBytes, Consumer<StagedUpload> onSealed) {
        this.uploads = uploads;
        this.key = key;
        this.upload = upload;
        this.onSealed = onSealed;
        this.first = new PartBuffer(partBytes);
        this.later = new PartBuffer(partBytes);
    }

    String upload() {
        return upload;
    }

    /** Returns the parts of a sealed file, ascending. */
    List<CompletedPart> parts() {
        return parts;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void seal() {
        if (!later.isEmpty()) {
            putLater();
        }
        parts.addFirst(uploads.put(key, upload, 1, first));
        done = true;
        onSealed.accept(this);
    }

    private void putLater() {
        int number = parts.size() + 2;
        if (number > Uploads.PARTS_MAX) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "file '" + key + "' is longer than " + Uploads.PARTS_MAX + " parts",
                    "choose a smaller 'roll_bytes' or a larger 'part_bytes'");
        }
        parts.add(uploads.put(key, upload, number, later));
        later.clear();
    }

    @Override
    public void close() {
        if (!done) {
            done = true;
            uploads.abort(key, upload);
        }
    }

    /** Collects bytes into parts and sends those that are full. */
    private final class Parts extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int end = offset + length;
            from += first.add(bytes, from, end - from);
            while (from < end) {
                if (later.isFull()) {
                    putLater();
                }
                from += later.add(bytes, from, end - from);
            }
        }
    }
}
