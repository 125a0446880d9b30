package io.millrace.connector.iceberg;

import org.apache.iceberg.exceptions.NotFoundException;

/**
 * A file could not be read, and may be another time. Iceberg repeats such reads for minutes, unless it is told that
 * there is no file; but here a delivery is what tries again, and it wants to know why it waits.
 */
final class ReadFailedException extends NotFoundException {

    ReadFailedException(String location, Exception cause) {
        super(cause, "File cannot be read: %s", location);
    }
}
