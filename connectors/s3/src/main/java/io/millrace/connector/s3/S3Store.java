package io.millrace.connector.s3;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A place in a bucket whose objects appear whole and once. */
final class S3Store implements ObjectStore {

    /** A whole upload that is not completed. */
    private record Sealed(String upload, List<CompletedPart> parts) {}

    private final BucketClient bucket;
    private final Uploads uploads;
    private final VisibleObjects objects;
    private final WholeObject whole;

    /** What was sealed here and not published yet, by key; the bucket knows it too, at the price of asking. */
    private final Map<String, Sealed> sealed = new ConcurrentHashMap<>();

    S3Store(BucketClient bucket) {
        this.bucket = bucket;
        this.uploads = new Uploads(bucket);
        this.objects = new VisibleObjects(bucket);
        this.whole = new WholeObject(bucket);
    }

    @Override
    public StagedObject stage(String name) {
        discard(name);
        String key = key(name);
        return new StagedUpload(
                uploads,
                key,
                uploads.begin(key),
                bucket.settings().partBytes(),
                whole -> sealed.put(key, new Sealed(whole.upload(), whole.parts())));
    }

    @Override
    public void publish(String name) {
        String key = key(name);
        Sealed known = sealed.get(key);
        if (known != null && completed(key, known)) {
            return;
        }
        // An earlier life sealed it, or the answer to an earlier attempt was lost.
        if (objects.isVisible(key)) {
            discard(name);
            return;
        }
        Sealed found = sealed(key);
        if (found == null || !completed(key, found)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME, "no file '" + name + "' is staged or visible in " + bucket.where());
        }
    }

    /** Completes an upload and returns whether the object is visible now. */
    private boolean completed(String key, Sealed whole) {
        Uploads.Completed answer = uploads.complete(key, whole.upload(), whole.parts());
        if (answer == Uploads.Completed.EXISTS) {
            uploads.abort(key, whole.upload());
        }
        sealed.remove(key);
        return answer != Uploads.Completed.GONE;
    }

    private @Nullable Sealed sealed(String key) {
        for (String upload : uploads.begunAt(key)) {
            List<CompletedPart> parts = uploads.parts(key, upload);
            if (!parts.isEmpty() && parts.getFirst().partNumber() == 1) {
                return new Sealed(upload, parts);
            }
        }
        return null;
    }

    @Override
    public boolean create(String name, byte[] content) {
        return whole.create(key(name), content);
    }

    @Override
    public void replace(String name, byte[] content) {
        whole.replace(key(name), content);
    }

    @Override
    public void discard(String name) {
        String key = key(name);
        sealed.remove(key);
        for (String upload : uploads.begunAt(key)) {
            uploads.abort(key, upload);
        }
    }

    @Override
    public List<String> staged(String prefix) {
        return uploads.begun(bucket.where().prefix() + prefix).stream()
                .map(upload -> bucket.where().name(upload.key()))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> list(String prefix) {
        return names(objects.keys(bucket.where().prefix() + prefix, null));
    }

    @Override
    public List<String> listBefore(String prefix, Instant time) {
        return names(objects.keys(bucket.where().prefix() + prefix, time));
    }

    private List<String> names(List<String> keys) {
        return keys.stream()
                .map(bucket.where()::name)
                .filter(name -> !name.isEmpty() && !name.endsWith("/"))
                .toList();
    }

    @Override
    public InputStream read(String name) {
        InputStream in = objects.read(key(name));
        if (in == null) {
            throw missing(name);
        }
        return in;
    }

    @Override
    public @Nullable StoredFile find(String name) {
        return objects.find(bucket.where().keyToRead(name));
    }

    @Override
    public List<StoredFile> search(FileSearch search) {
        return objects.search(search);
    }

    @Override
    public SeekableByteChannel open(String name) {
        return open(found(name));
    }

    private StoredFile found(String name) {
        StoredFile file = objects.find(key(name));
        if (file == null) {
            throw missing(name);
        }
        return file;
    }

    private MillraceException missing(String name) {
        return new MillraceException(
                ErrorCode.UNDEFINED_NAME, "no file '" + name + "' is visible in " + bucket.where());
    }

    @Override
    public SeekableByteChannel open(StoredFile file) {
        return objects.open(file);
    }

    @Override
    public InputStream read(StoredFile file) {
        return objects.read(file);
    }

    /** Nothing: each answer that was read has said which version it is of. */
    @Override
    public void check(StoredFile file) {}

    @Override
    public void delete(String name) {
        objects.delete(key(name));
    }

    private String key(String name) {
        return bucket.where().key(name);
    }

    @Override
    public void cancel() {
        bucket.cancel();
        objects.cancel();
    }

    @Override
    public void close() {
        bucket.close();
    }

    @Override
    public String toString() {
        return bucket.where().toString();
    }
}
