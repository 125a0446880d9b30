/**
 * Tables of other systems that are read as tables here: a connector says how they are asked, and this makes sources of
 * what they answer.
 */
@NullMarked
package io.millrace.server.relation;

import org.jspecify.annotations.NullMarked;
