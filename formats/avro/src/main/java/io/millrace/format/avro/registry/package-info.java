/**
 * Schemas that records name by an id.
 *
 * <p>A record begins with a header that says which schema wrote it, in one of the ways of {@link
 * io.millrace.format.avro.registry.Framing}. A {@link io.millrace.format.avro.registry.SchemaRegistry} knows the schemas
 * of ids and gives ids to schemas. Ids never change their meaning, so what was found is kept; that an id is unknown may
 * change, and is asked again after a while.
 */
@NullMarked
package io.millrace.format.avro.registry;

import org.jspecify.annotations.NullMarked;
