package io.millrace.server.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;

/**
 * Shard iterators as opaque text: which shard, which index, and since when. They hold all there is to know, so
 * the server remembers none and they outlive its restart.
 */
final class ShardIterators {

    private static final int VERSION = 1;

    private final AwsSettings settings;

    ShardIterators(AwsSettings settings) {
        this.settings = settings;
    }

    /** A place in a shard. */
    record Place(String stream, int shard, long index) {}

    String encode(Place place) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(settings.clock().millis());
            out.writeInt(place.shard());
            out.writeLong(place.index());
            out.writeUTF(place.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Reads an iterator; one that is too old is refused with {@code ExpiredIteratorException}. */
    Place decode(String iterator) {
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(iterator)))) {
            if (in.readByte() != VERSION) {
                throw invalid();
            }
            Instant issued = Instant.ofEpochMilli(in.readLong());
            int shard = in.readInt();
            long index = in.readLong();
            Place place = new Place(in.readUTF(), shard, index);
            checkAge(issued);
            return place;
        } catch (IOException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    private void checkAge(Instant issued) {
        Instant now = settings.clock().instant();
        Instant expires = issued.plus(settings.iteratorLife());
        if (now.isAfter(expires)) {
            throw new AwsException(
                    "ExpiredIteratorException",
                    "Iterator expired. The iterator was created at time " + issued + " while right now it is " + now
                            + " which is further in the future than the tolerated delay of "
                            + settings.iteratorLife().toMillis() + " milliseconds.");
        }
    }

    private static AwsException invalid() {
        return AwsException.invalidArgument("Invalid ShardIterator.");
    }
}
