package io.millrace.sql.statement;

import java.time.Instant;

/**
 * What catalog queries can see of the session that asks.
 *
 * @param user who asks
 * @param database name of the one database
 * @param now time of the statement
 */
public record CatalogSession(String user, String database, Instant now) {}
