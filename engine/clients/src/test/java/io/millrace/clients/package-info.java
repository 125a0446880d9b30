/**
 * Other people's clients and tools, run for real against a server.
 *
 * <p>{@code docs/how-to/connect.md} is what these tests run: each tool has a section there with the lines to type and a
 * transcript of what they give. {@link io.millrace.clients.ConnectPage} reads the lines, a test gives them to the tool
 * and holds what comes against the transcript; {@code -Dtranscripts.write} writes transcripts and pictures anew. All
 * look at the same few rows, which the page's first section makes ({@link io.millrace.clients.SampleServer}).
 *
 * <p>Programs that do not come with Maven ({@link io.millrace.clients.Program}) are tagged slow and skipped
 * where they are not installed; with {@code -Dclients.install} they are installed first.
 */
@NullMarked
package io.millrace.clients;

import org.jspecify.annotations.NullMarked;
