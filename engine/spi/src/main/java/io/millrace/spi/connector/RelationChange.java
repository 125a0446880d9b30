package io.millrace.spi.connector;

import org.jspecify.annotations.Nullable;

/**
 * A version of a table, as the change that made it of the one before.
 *
 * @param id the version's, another one for each
 * @param adds whether it has rows that the one before has not
 * @param refusal why those that follow the table cannot follow this change, or null where they can: it takes rows away
 */
public record RelationChange(
        String id, boolean adds, @Nullable String refusal) {}
