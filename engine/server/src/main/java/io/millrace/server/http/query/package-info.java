/**
 * {@code POST /v1/query}: the answer of a statement as an HTTP body.
 *
 * <p>A {@link io.millrace.server.http.query.QueryRequest} is read from the request; a {@link
 * io.millrace.server.http.query.QueryRun} carries it out in a thread of its own. What it computes goes through an {@link
 * io.millrace.server.http.query.AnswerWriter} of the format that was asked for into an {@link
 * io.millrace.server.http.query.AnswerStream}, which waits for the client: so a slow reader slows its query, and an
 * answer costs the memory of one chunk and of what its format holds back.
 *
 * <p>A failure before the first chunk is an answer of its own, in JSON with a status. After it the connection is broken
 * off, so that no client takes what it has for the whole.
 */
@NullMarked
package io.millrace.server.http.query;

import org.jspecify.annotations.NullMarked;
