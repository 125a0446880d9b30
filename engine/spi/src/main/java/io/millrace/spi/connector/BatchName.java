package io.millrace.spi.connector;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a batch is called for ever: the same name means the same rows in the same order. Batches of a delivery are given
 * one after the other; one that is given again is the last that was given, or one of the same file before it.
 *
 * @param file the spool file it is from, a name that no other file of any delivery has
 * @param number its place among the batches of the file, from 0
 */
public record BatchName(String file, int number) {

    /** Returns the name as a UUID, in its text form. */
    public String id() {
        return UUID.nameUUIDFromBytes((file + "#" + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
